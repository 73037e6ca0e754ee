"""The colours of a drawing, light and dark, chosen to differ in lightness and not in hue alone."""

from __future__ import annotations

STYLE = """
.drawing{--paper:#fff;--ink:#1d2733;--soft:#5a6878;--rule:#b9c3cf;--fill:#f5f7fa;
--deny:#b3261e;--deny-fill:#fdeceb;--review:#8a5a00;--review-fill:#fff4dc;--pill:#e4e9f0;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;
max-width:100%;height:auto}
.drawing .sheet{fill:var(--paper)}
.drawing .frame{fill:var(--fill);stroke:var(--rule);stroke-width:1.4}
.drawing .inner{fill:none;stroke:var(--deny);stroke-width:1}
.drawing .restricted .frame{fill:var(--deny-fill);stroke:var(--deny);stroke-width:2.2}
.drawing .reached .frame{fill:var(--deny-fill);stroke:var(--deny);stroke-width:1.6}
.drawing .possible .frame{fill:var(--review-fill);stroke:var(--review);stroke-width:1.6}
.drawing .unknown .frame{fill:var(--paper);stroke:var(--review);stroke-dasharray:5 4}
.drawing .more .frame{fill:none;stroke-dasharray:2 4}
.drawing .asked .frame{stroke-width:3.2}
.drawing .sign{fill:var(--deny);stroke:var(--deny);stroke-width:2;stroke-linejoin:round}
.drawing .restricted .sign path{stroke:#fff;stroke-width:3;stroke-linecap:round}
.drawing .sign.hollow{fill:none;stroke:var(--review)}
.drawing .mark{fill:var(--review);font-size:20px;font-weight:700;text-anchor:middle}
.drawing .name{fill:var(--ink);font-size:13.5px;font-weight:600;text-anchor:middle}
.drawing .asked .name{font-weight:750}
.drawing .sum{fill:var(--soft);font-size:11.5px;text-anchor:middle;
font-variant-numeric:tabular-nums}
.drawing .reached .sum,.drawing .restricted .sum{fill:var(--deny)}
.drawing .possible .sum{fill:var(--review)}
.drawing .region rect{fill:var(--pill)}
.drawing .region text{fill:var(--ink);font-size:12px;font-weight:650;text-anchor:middle}
.drawing .line{fill:none;stroke:var(--soft);stroke-width:1.6}
.drawing .line.dashed{stroke-dasharray:6 5}
.drawing .tip{fill:var(--soft)}
.drawing .share{fill:var(--ink);font-size:13px;font-weight:650;text-anchor:middle;
paint-order:stroke;stroke:var(--paper);stroke-width:5px;stroke-linejoin:round;font-variant-numeric:tabular-nums}
@media (prefers-color-scheme:dark){.drawing{--paper:#12181f;--ink:#e8edf3;--soft:#9fb0c2;
--rule:#47566a;--fill:#1b242e;--deny:#ff8a80;--deny-fill:#3a1a1a;--review:#ffc457;
--review-fill:#33270c;--pill:#2b3846}.drawing .restricted .sign path{stroke:#12181f}}
"""
