"""The HTTP interface, `/api/v1`: one declaration a call, from which its description is made too."""
