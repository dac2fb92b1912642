"""What a report looks like: as a page's charts, CSV, XLSX and PDF; it knows wire words alone."""
