/// The page's style sheet: light and dark after the reader's own setting, and for paper. No `<` and no `&` in it.
enum HTMLStyle {
  static let text = """
    :root{color-scheme:light dark;--paper:#fdfdfb;--wash:#f4f5f1;--ink:#1c2024;--soft:#545b62;\
    --line:#d9dcd9;--accent:#1b5894;--icw:#176639;--application:#1b5894;--coincidence:#67449b;\
    --scan:#8a4b00;--backscatter:#735600;--open:#565d64}
    @media (prefers-color-scheme:dark){:root{--paper:#14171a;--wash:#1c2024;--ink:#e5e7e3;--soft:#a3abb2;\
    --line:#343a40;--accent:#8cbdf0;--icw:#7fd1a0;--application:#8cbdf0;--coincidence:#c3a6f0;\
    --scan:#efb06a;--backscatter:#dcc266;--open:#a9b1b8}}
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
    @media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0 auto;max-width:74rem;padding:3rem 1.75rem 4rem;background:var(--paper);color:var(--ink);\
    font:400 1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;\
    overflow-wrap:anywhere}
    h1{margin:.5rem 0 .75rem;max-width:52rem;font-size:clamp(1.3rem,2.3vw,1.7rem);font-weight:600;line-height:1.35;\
    letter-spacing:-.012em;text-wrap:pretty}
    h1 span{font-weight:400;color:var(--soft)}
    h2{margin:0 0 1rem;font-size:1.15rem;font-weight:600;line-height:1.3}
    h4{margin:1.5rem 0 .5rem;font-size:.95rem;font-weight:600}
    h5{margin:1rem 0 .35rem;font-size:.85rem;font-weight:600;color:var(--soft)}
    p{margin:.5rem 0}
    a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}
    a:hover{text-decoration-thickness:.12em}
    :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:2px}
    .kicker{margin:0;color:var(--soft);font-size:.875rem;letter-spacing:.01em}
    .sentence{max-width:52rem;color:var(--soft)}
    .soft{color:var(--soft)}
    .small,small{font-size:.8125rem}
    .mono,code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
    .next{margin:1.75rem 0;max-width:56rem;padding:1rem 1.25rem;border-left:3px solid var(--accent);background:var(--wash)}
    .next h2{margin:0 0 .5rem;font-size:1rem}
    .next ol{margin:0;padding-left:1.25rem}
    .next li{margin:.5rem 0}
    .next code{display:block;width:fit-content;margin-top:.2rem;padding:.2rem .5rem;background:var(--paper);\
    border:1px solid var(--line);border-radius:4px}
    dl.facts{display:flex;flex-wrap:wrap;gap:1rem 2.25rem;margin:1.75rem 0 0}
    dl.facts dt{color:var(--soft);font-size:.8125rem}
    dl.facts dd{margin:0;font-size:1.05rem;font-weight:500;font-variant-numeric:tabular-nums}
    nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin:2rem 0 0;padding:.75rem 0;list-style:none;\
    border-top:1px solid var(--line);font-size:.9rem}
    main>section{margin-top:1rem;padding:1.75rem 0 1rem;border-top:1px solid var(--line)}
    .wide{overflow-x:auto;overflow-wrap:normal}
    table{width:100%;border-collapse:collapse;font-size:.875rem;line-height:1.4;overflow-wrap:normal}
    caption{padding:0 0 .5rem;text-align:left;color:var(--soft)}
    th,td{padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
    th{padding-bottom:.35rem;color:var(--soft);font-weight:500;white-space:nowrap}
    th:last-child,td:last-child{padding-right:0}
    .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
    .time{white-space:nowrap;font-variant-numeric:tabular-nums}
    .end{max-width:17rem}
    .said{min-width:8rem;max-width:24rem;overflow-wrap:anywhere}
    td .mono{font-size:.93em}
    td .verdict b{display:block;margin-left:1.15em}
    .time span{display:block;font-size:.93em}
    td small{display:block;color:var(--soft);overflow-wrap:anywhere}
    .verdict{white-space:nowrap;font-weight:500}
    .verdict b{font-weight:600}
    .icw{color:var(--icw);fill:var(--icw)}.application{color:var(--application);fill:var(--application)}\
    .coincidence{color:var(--coincidence);fill:var(--coincidence)}.scan{color:var(--scan);fill:var(--scan)}\
    .backscatter{color:var(--backscatter);fill:var(--backscatter)}.open{color:var(--open);fill:var(--open)}
    .fill-icw{fill:var(--icw)}.fill-application{fill:var(--application)}.fill-coincidence{fill:var(--coincidence)}\
    .fill-scan{fill:var(--scan)}.fill-backscatter{fill:var(--backscatter)}.fill-open{fill:var(--open)}
    th button{all:unset;cursor:pointer;color:inherit;font-weight:500}
    th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
    th button::after{content:" \\2195";color:var(--soft)}
    th[aria-sort=ascending] button::after{content:" \\2191";color:var(--ink)}
    th[aria-sort=descending] button::after{content:" \\2193";color:var(--ink)}
    th[aria-sort] button{color:var(--ink)}
    .tools{display:flex;flex-wrap:wrap;align-items:end;gap:.75rem 1.5rem;margin:0 0 1rem;font-size:.875rem}
    .tools label{display:grid;gap:.2rem;color:var(--soft)}
    .tools input,.tools select,.more{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--soft);\
    border-radius:4px;padding:.35rem .6rem}
    .tools input{width:19rem;max-width:100%}
    .tools p{margin:0 0 .4rem;color:var(--soft)}
    .more{margin:1rem .75rem 0 0;cursor:pointer}
    svg{display:block;max-width:none;height:auto;font:400 12px system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    svg text{fill:var(--ink)}
    svg .mono{font:400 11px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
    svg text.soft{fill:var(--soft);font-size:11px}
    svg text.fill-icw{fill:var(--icw)}svg text.fill-application{fill:var(--application)}\
    svg text.fill-coincidence{fill:var(--coincidence)}svg text.fill-scan{fill:var(--scan)}\
    svg text.fill-backscatter{fill:var(--backscatter)}svg text.fill-open{fill:var(--open)}
    .grid,.base{stroke:var(--line);stroke-width:1}
    .grid+text{fill:var(--soft);font-size:11px}
    .life{stroke:var(--soft);stroke-width:1;stroke-dasharray:2 4}
    .arrow{stroke-width:1.25}
    .arrow.client{stroke:var(--accent)}.arrow.server{stroke:var(--ink)}
    .head.client{fill:var(--accent)}.head.server{fill:var(--ink)}
    details{border-bottom:1px solid var(--line);padding:.6rem 0}
    details[open]{padding-bottom:1.5rem}
    summary{cursor:pointer;padding:.25rem 0}
    details[open] summary{margin-bottom:.5rem}
    dl.evidence,.tree dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.25rem;margin:.25rem 0 0;font-size:.875rem}
    dl.evidence dt,.tree dt{color:var(--soft)}
    dl.evidence dd,.tree dd{margin:0}
    pre{margin:0;padding:.75rem 1rem;overflow-x:auto;background:var(--wash);border-radius:4px;font-size:.8125rem;line-height:1.45}
    .tree,.tree ul{margin:0;padding:0;list-style:none}
    .tree ul{margin-left:.45rem;padding-left:1.4rem;border-left:1px solid var(--line)}
    .tree li{position:relative;padding:.3rem 0}
    .tree ul>li::before{content:"";position:absolute;left:-1.4rem;top:1.1rem;width:1rem;border-top:1px solid var(--line)}
    .tree>li+li{margin-top:1rem}
    .tree p{margin:.1rem 0}
    .kind{color:var(--soft)}
    .missing{font-weight:500}
    .notes{padding-left:1.25rem;color:var(--soft);font-size:.9rem}
    footer{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--soft);font-size:.875rem;max-width:52rem}
    [hidden]{display:none!important}
    @media (max-width:40rem){body{padding:1.5rem 1rem 3rem}}
    @media print{
    :root{color-scheme:light;--paper:#fff;--wash:#fff;--ink:#000;--soft:#444;--line:#bbb;--accent:#114a80;--icw:#125730;\
    --application:#114a80;--coincidence:#573a85;--scan:#7a4200;--backscatter:#5f4700;--open:#444}
    @page{margin:14mm}
    body{max-width:none;padding:0;font-size:9.5pt}
    nav,.tools,.more{display:none!important}
    .next{border:1px solid var(--line);border-left:3px solid var(--accent)}
    main>section{padding:1rem 0 .5rem}
    .wide{overflow:visible}
    svg{width:100%}
    table{font-size:7.5pt}
    th,td{padding-right:.5rem}
    .end{max-width:11rem}.said{min-width:8rem;max-width:15rem}
    th button::after{content:none!important}
    h1,h2,h4{break-after:avoid}
    tr,summary,.next,.tree li,svg{break-inside:avoid}
    thead{display:table-header-group;break-inside:avoid}
    details:not([open]){display:none}
    a{color:inherit;text-decoration:none}
    }
    """
}
