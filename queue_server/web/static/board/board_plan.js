/* Where everything stands on a screen: the twin of display_board/plan.py and of the places in
 * calls.py and panel.py.
 *
 *   navbatPlan(width, height, { layout: "calls", figures: false, media: false }, windows)
 *     → { unit, newest, cells, figures, media }: places in pixels; `windows` is how many windows a
 *       board by window divides itself among
 *
 * Pure, and ES5 for old televisions. A test holds both to the same places.
 */
var navbatPlan = (function () {
  "use strict";

  /* the names and numbers of display_board/scene.py, frame.py, plan.py, calls.py and panel.py */
  var WIDE = 3.2, CAPITAL = 0.69, MARGIN = 2, GAP = 1, FOOTER = 3.25;
  var LEAST_WIDE = 23.5, LEAST_HIGH = 4.4, CLOSE = 0.75, TWO_COLUMNS = 52, SHORT = 45;
  var MEDIA_SHARE = 0.34, MEDIA_ABOVE = 0.34, FIGURES = 21, FIGURES_HIGH = 14.2, MEDIA_WITH_FIGURES = 0.22;
  var FIGURES_OF_BAR = 33, MEDIA_OF_BAR = 26, CALLS_OF_BAR = 58, NEWEST_OF_BAR = 33;
  var ARROW = 0.6, SPACE = 0.3, SIGN = 0.22, FILL = 0.94, TEXT = 2, EDGE = 1.1, INSET = 1.5;
  var LOW_EDGE = 0.16, NARROW_TEXT = 0.07, LOW_INSET = 0.18, LARGEST = 1.35, ARROW_RATIO = 22 / 32;
  var PANEL_INSET = 1.1, TITLE = 2.4, NUMBERS = 3.4, WAIT = 3.3, WAIT_WIDE = 12.4, APART = 1.6;
  var NUMBER_SIZE = 2.6, TWO_LINES = 24, ACROSS = 1.9, ROUNDED = 0.2;
  /* how wide the widest ticket and window are, in parts of the size of Fira Sans Bold */
  var NUMBER = 2.529, WINDOW = 1.162;

  function plan(width, height, form, windows) {
    var screen = screenOf(width, height);
    var sides = beside(screen, form);
    var split = screen.wide ? sideBySide(screen, sides.area) : oneAbove(screen, form, sides.area);
    var newest = { place: split.newest, parts: newestParts(screen, split.newest) };
    var most = Math.floor(newest.parts.size / LARGEST);
    return {
      unit: screen.unit,
      newest: newest,
      cells: cells(screen, form, split.rest, sides.area, windows).map(function (place) {
        return { place: place, parts: earlierParts(screen, place, most) };
      }),
      figures: sides.figures ? panel(screen, sides.figures) : null,
      media: sides.media
    };
  }

  function screenOf(width, height) {
    var wide = width >= WIDE * height, upright = height > width;
    var across = wide ? 64 : upright ? 45 : 80, down = wide ? 20 : upright ? 80 : 45;
    var unit = Math.min(width / across, height / down);
    var screen = {
      width: width, height: height, wide: wide, upright: upright, unit: unit,
      px: function (units) { return Math.round(units * unit); }
    };
    var top = screen.px(wide ? 0 : upright ? 7.5 : 5.25) + screen.px(GAP);
    screen.body = rect(
      screen.px(MARGIN), top, width - 2 * screen.px(MARGIN), height - screen.px(FOOTER) - top
    );
    return screen;
  }

  function rect(x, y, w, h) {
    return { x: x, y: y, w: w, h: h };
  }

  /* --- what stands beside the calls ------------------------------------------------------- */

  function beside(screen, form) {
    if (!form.figures && !form.media) {
      return { area: screen.body, figures: null, media: null };
    }
    if (screen.wide) {
      return besideBar(screen, form);
    }
    return screen.upright ? below(screen, form) : toTheRight(screen, form);
  }

  function toTheRight(screen, form) {
    var body = screen.body, gap = screen.px(GAP), high;
    var wide = form.media ? Math.round(screen.width * MEDIA_SHARE) : screen.px(FIGURES);
    var place = rect(body.x + body.w - wide, body.y, wide, body.h);
    var area = rect(body.x, body.y, body.w - wide - gap, body.h);
    if (!form.media || !form.figures) {
      return { area: area, figures: form.figures ? place : null, media: form.media ? place : null };
    }
    high = Math.min(Math.round(wide * 9 / 16), Math.round(body.h * MEDIA_ABOVE));
    return {
      area: area,
      figures: rect(place.x, place.y + high + gap, wide, place.h - high - gap),
      media: rect(place.x, place.y, wide, high)
    };
  }

  function below(screen, form) {
    var body = screen.body, gap = screen.px(GAP), bottom = body.y + body.h, high;
    var found = { figures: null, media: null };
    if (form.figures) {
      high = screen.px(FIGURES_HIGH);
      found.figures = rect(body.x, bottom - high, body.w, high);
      bottom -= high + gap;
    }
    if (form.media) {
      high = Math.min(
        Math.round(body.w * 9 / 16),
        Math.round(screen.height * (form.figures ? MEDIA_WITH_FIGURES : MEDIA_SHARE))
      );
      found.media = rect(body.x, bottom - high, body.w, high);
      bottom -= high + gap;
    }
    found.area = rect(body.x, body.y, body.w, bottom - body.y);
    return found;
  }

  function besideBar(screen, form) {
    var body = screen.body, gap = screen.px(GAP), least = screen.px(CALLS_OF_BAR);
    var right = body.x + body.w, wide, found = { figures: null, media: null };
    wide = screen.px(FIGURES_OF_BAR);
    if (form.figures && right - wide - gap - body.x >= least) {
      found.figures = rect(right - wide, body.y, wide, body.h);
      right -= wide + gap;
    }
    wide = screen.px(MEDIA_OF_BAR);
    if (form.media && right - wide - gap - body.x >= least) {
      found.media = rect(right - wide, body.y, wide, body.h);
      right -= wide + gap;
    }
    found.area = rect(body.x, body.y, right - body.x, body.h);
    return found;
  }

  /* --- the newest call and the others ----------------------------------------------------- */

  function sideBySide(screen, area) {
    var gap = screen.px(GAP);
    var wide = Math.min(
      Math.max(Math.round(area.w * 0.46), screen.px(NEWEST_OF_BAR)),
      area.w - gap - screen.px(LEAST_WIDE)
    );
    return {
      newest: rect(area.x, area.y, wide, area.h),
      rest: rect(area.x + wide + gap, area.y, area.w - wide - gap, area.h)
    };
  }

  function oneAbove(screen, form, area) {
    var gap = screen.px(GAP), gaps = form.layout === "windows" ? 1 : rowsOf(screen, form, area);
    var high = Math.round((area.h - gap * gaps) * share(screen, form, area));
    return {
      newest: rect(area.x, area.y, area.w, high),
      rest: rect(area.x, area.y + high + gap, area.w, area.h - high - gap)
    };
  }

  function isDense(form) {
    return form.layout === "windows" || form.layout === "columns";
  }

  function share(screen, form, area) {
    if (screen.upright) {
      return area.h < screen.px(SHORT) ? 0.36 : isDense(form) ? 0.37 : 0.42;
    }
    if (isDense(form) && area.w >= screen.px(TWO_COLUMNS)) {
      /* the newest call's capitals are 12.7 % of the screen's height still */
      return form.layout === "windows" ? 0.35 : 0.38;
    }
    return columnsOf(screen, form, area) > 1 ? 0.45 : 0.42;
  }

  function rowsOf(screen, form, area) {
    if (screen.wide) {
      return 2;
    }
    if (screen.upright) {
      return area.h < screen.px(SHORT) ? 3 : form.layout === "columns" ? 7 : 5;
    }
    if (columnsOf(screen, form, area) === 1) {
      return 3;
    }
    return form.layout === "columns" ? 4 : 2;
  }

  function columnsOf(screen, form, area) {
    if (screen.wide) {
      return Math.max(1, Math.floor((area.w + screen.px(CLOSE)) / screen.px(LEAST_WIDE + CLOSE)));
    }
    return screen.upright || form.layout === "portrait" || area.w < screen.px(TWO_COLUMNS) ? 1 : 2;
  }

  function cells(screen, form, rest, area, windows) {
    var row, column, high, wide, grid, gap, base = screen.wide ? rest : area, found = [];
    if (form.layout === "windows") {
      grid = divided(screen, rest, windows);
      gap = screen.px(CLOSE);
    } else {
      grid = { rows: rowsOf(screen, form, base), columns: columnsOf(screen, form, base) };
      gap = screen.px(form.layout === "columns" || screen.wide ? CLOSE : GAP);
    }
    high = Math.floor((rest.h - gap * (grid.rows - 1)) / grid.rows);
    wide = Math.floor((rest.w - gap * (grid.columns - 1)) / grid.columns);
    for (row = 0; row < grid.rows; row += 1) {
      for (column = 0; column < grid.columns; column += 1) {
        found.push(rect(rest.x + column * (wide + gap), rest.y + row * (high + gap), wide, high));
      }
    }
    return found;
  }

  /* Return the grid that shows so many windows largest, none below the least. */
  function divided(screen, rest, windows) {
    var gap = screen.px(CLOSE), rows, columns, size, best = null;
    var mostRows = Math.max(1, Math.floor((rest.h + gap) / (screen.px(LEAST_HIGH) + gap)));
    var mostColumns = Math.max(1, Math.floor((rest.w + gap) / (screen.px(LEAST_WIDE) + gap)));
    for (columns = 1; columns <= mostColumns; columns += 1) {
      for (rows = 1; rows <= mostRows; rows += 1) {
        size = Math.min(rest.h / rows * 5, rest.w / columns);
        if (rows * columns >= windows && (!best || size > best.size)) {
          best = { rows: rows, columns: columns, size: size };
        }
      }
    }
    return best || { rows: mostRows, columns: mostColumns };
  }

  /* --- inside a call's card: places from its own corner ------------------------------------ */

  function newestParts(screen, place) {
    var above = belowCaption(screen, rect(0, 0, place.w, place.h), 1);
    var one = inLine(screen, place, above, screen.px(EDGE), place.h);
    var two = inTwoLines(screen, place);
    return two.size > one.size ? two : one;
  }

  function earlierParts(screen, place, most) {
    var inset = Math.min(screen.px(INSET), Math.round(place.h * LOW_INSET));
    var edge = Math.min(screen.px(EDGE), Math.round(place.h * LOW_EDGE));
    return inLine(screen, place, rect(0, inset, place.w, place.h - 2 * inset), edge, most);
  }

  function inLine(screen, place, band, edge, most) {
    var left = Math.min(screen.px(TEXT), Math.round(place.w * NARROW_TEXT));
    var natural = NUMBER + WINDOW + ARROW + 2 * SPACE + 2 * SIGN;
    var fitting = Math.min((place.w - edge - left) / natural, band.h * FILL / CAPITAL);
    var size = Math.max(1, Math.floor(Math.min(fitting, most)));
    var wide = Math.round(WINDOW * size) + Math.round(2 * SIGN * size);
    var sign = rect(place.w - edge - wide, edge, wide, place.h - 2 * edge);
    var number = rect(left, band.y, Math.round(NUMBER * size), band.h);
    var free = rect(number.x + number.w, band.y, sign.x - number.x - number.w, band.h);
    return {
      size: size, number: number, arrow: arrow(free, size), sign: sign,
      window: rect(0, band.y - sign.y, sign.w, band.h)
    };
  }

  function inTwoLines(screen, place) {
    var left = screen.px(TEXT), edge = screen.px(EDGE);
    var width = place.w - 2 * left, half = Math.round(place.h * 0.53);
    var upper = belowCaption(screen, rect(0, 0, place.w, half), 0.5);
    var size = Math.max(1, Math.floor(Math.min(width / NUMBER, upper.h * FILL / CAPITAL)));
    var wide = Math.round(place.w * 0.55), top = half + screen.px(0.25);
    var sign = rect(place.w - edge - wide, top, wide, place.h - edge - top);
    var inSign = belowCaption(screen, rect(0, -edge, sign.w, sign.h + edge), 0.9);
    return {
      size: size,
      number: rect(left, upper.y, width, upper.h),
      arrow: arrow(rect(0, sign.y, sign.x, sign.h), Math.round(size * 1.1)),
      sign: sign,
      window: inSign
    };
  }

  function belowCaption(screen, place, foot) {
    var top = screen.px(EDGE + 2.6);
    return rect(place.x, place.y + top, place.w, place.h - top - screen.px(EDGE + foot));
  }

  function arrow(free, size) {
    var wide = Math.min(Math.round(ARROW * size), free.w);
    var high = Math.round(wide * ARROW_RATIO);
    return rect(
      free.x + Math.floor((free.w - wide) / 2), free.y + Math.floor((free.h - high) / 2), wide, high
    );
  }

  /* --- figures ----------------------------------------------------------------------------- */

  function panel(screen, place) {
    var gap = screen.px(GAP), wide, high, next, waits;
    if (place.w > place.h * ACROSS) {
      wide = Math.round((place.w - gap) * 0.44);
      next = rect(place.x, place.y, wide, place.h);
      waits = rect(place.x + wide + gap, place.y, place.w - wide - gap, place.h);
    } else {
      high = screen.px(
        PANEL_INSET * 1.5 + TITLE + NUMBERS * (place.h >= screen.px(TWO_LINES) ? 2 : 1)
      );
      next = rect(place.x, place.y, place.w, high);
      waits = rect(place.x, place.y + high + gap, place.w, place.h - high - gap);
    }
    return {
      next: { place: next, grid: numbersGrid(screen, inner(screen, next)) },
      waits: { place: waits, grid: waitsGrid(screen, inner(screen, waits)) }
    };
  }

  function inner(screen, card) {
    var top = screen.px(PANEL_INSET + TITLE), side = screen.px(PANEL_INSET);
    return rect(
      card.x + side, card.y + top, card.w - 2 * side, card.h - top - screen.px(PANEL_INSET / 2)
    );
  }

  function numbersGrid(screen, place) {
    var wide = Math.round(NUMBER * screen.px(NUMBER_SIZE)) + screen.px(0.8);
    return {
      rows: linesIn(screen, place, NUMBERS),
      columns: Math.max(1, Math.floor(place.w / wide))
    };
  }

  function waitsGrid(screen, place) {
    var apart = screen.px(APART);
    var columns = Math.max(1, Math.floor((place.w + apart) / (screen.px(WAIT_WIDE) + apart)));
    return {
      rows: linesIn(screen, place, WAIT), columns: Math.min(2, columns)
    };
  }

  /* Return how many lines of so many units a place holds, give or take a rounded pixel. */
  function linesIn(screen, place, high) {
    return Math.max(1, Math.floor((place.h + screen.px(ROUNDED)) / screen.px(high)));
  }

  return plan;
}());
