import { darkColours, fontFamily, lightColours } from './pictures/palette.ts';

const mono = 'ui-monospace,Cascadia Mono,SF Mono,Menlo,Consolas,Liberation Mono,DejaVu Sans Mono,monospace';

/** The report's only style sheet. Colours are names; what they mean depends on the reader's scheme, and on paper is always light. */
export const style = `
:root{color-scheme:light dark;${lightColours};--page:#fbfcfc;--soft:#eef0f2;--link:#0a5c68;--font:${fontFamily}}
@media (prefers-color-scheme:dark){:root{${darkColours};--page:#151a1e;--soft:#1b2126;--link:#5cc1cb}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:14px/1.5 var(--font);font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
header,main,footer{max-width:1060px;margin:0 auto;padding:0 28px}
header{padding-top:28px}
h1{font-size:25px;line-height:1.25;margin:2px 0 6px;letter-spacing:-.01em}
h2{font-size:18px;line-height:1.3;margin:40px 0 10px;padding-top:9px;border-top:2px solid var(--ink)}
h3{font-size:14.5px;margin:26px 0 6px}
p{margin:6px 0 10px;max-width:108ch}
.kicker{color:var(--ink3);margin:0}
.lead{font-size:15.5px;line-height:1.45;margin:6px 0 12px;max-width:92ch}
a{color:var(--link)}
a.seen{color:inherit;text-decoration:underline dotted var(--hairline-strong) 1px;text-underline-offset:3px}
dd a.seen,p a.seen,li a.seen{white-space:nowrap}
a.seen:hover{color:var(--link);text-decoration-style:solid}
a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:2px}
:target{background:var(--window-current)}
code,pre{font-family:${mono};font-size:.87em}
pre{margin:6px 0;padding:9px 12px;background:var(--soft);border:1px solid var(--hairline);white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.45}
small{display:block;color:var(--ink3);font-size:12px;line-height:1.4}
summary small{display:inline}
q{quotes:'“' '”'}
.quote{display:block;border-left:3px solid var(--hairline-strong);padding-left:10px;margin:4px 0}
.quote>span{display:block}
.unknown{color:var(--ink2);font-style:italic}
.note{color:var(--ink2);font-size:13px;margin:4px 0}
.mark{white-space:nowrap;font-weight:600;padding:0 6px;border:1px solid currentColor;border-radius:3px;font-size:.93em}
.regression,.failed{color:var(--regression);background:var(--regression-soft)}
.improvement,.passed{color:var(--improvement);background:var(--improvement-soft)}
.no-change{color:var(--no-change);background:var(--no-change-soft)}
.warned{color:var(--ink);background:var(--no-change-soft);border-width:2px}
.inconclusive,.not-done{color:var(--no-change);border-style:dashed}
dl{margin:6px 0 12px}
dt{color:var(--ink2);font-weight:600}
dd{margin:0}
dd ul,dd ol{margin:0;padding-left:18px}
dd p{margin:0 0 3px}
.facts>div{display:grid;grid-template-columns:170px minmax(0,1fr);gap:4px 18px;padding:5px 0;border-top:1px solid var(--hairline)}
.facts>div:first-child{border-top:0}
.summary>div{padding:7px 0}
.summary pre{margin:2px 0 4px;padding:6px 10px;font-size:12px}
.grid{display:grid;grid-template-columns:1fr 1fr;gap:0 30px;font-size:13px}
.grid>div{grid-template-columns:118px minmax(0,1fr);border-top:0;padding:2px 0}
.grid>div:nth-last-child(-n+3){grid-column:1/-1}
.scroll{overflow-x:auto;margin:10px 0 14px}
table{border-collapse:collapse;width:100%;font-size:13px;line-height:1.4}
caption{text-align:left;color:var(--ink2);font-size:13px;padding:0 0 5px}
th,td{text-align:left;vertical-align:top;padding:4px 12px 4px 0;border-top:1px solid var(--hairline);font-weight:400;overflow-wrap:break-word}
tbody th{min-width:90px}
tbody th.number{min-width:0}
table.narrow{width:auto;min-width:340px}
.checks{table-layout:fixed}
.checks th:nth-child(1){width:28%}.checks th:nth-child(2){width:12%}.checks th:nth-child(3){width:17%}.checks th:nth-child(5){width:11%}.checks th:nth-child(6){width:10%}
.whole{white-space:nowrap}
thead th{font-weight:600;color:var(--ink2);vertical-align:bottom;border-top:0;border-bottom:1px solid var(--hairline-strong);white-space:nowrap}
tbody tr:first-child>*{border-top:0}
.number{text-align:right;white-space:nowrap}
.number .unknown{white-space:normal}
td.wide,th.wide{overflow-wrap:anywhere}
td p{margin:0 0 4px}
.quiet>*{color:var(--ink3)}
figure{margin:14px 0 20px}
figcaption{font-weight:600;margin-bottom:6px}
.chart{display:block;max-width:100%;height:auto}
details{margin:6px 0 10px}
summary{cursor:pointer;color:var(--ink2);padding:2px 0}
nav ol{columns:2;column-gap:40px;padding-left:22px;margin:8px 0;line-height:25px}
footer{margin-top:36px;padding-top:12px;padding-bottom:40px;color:var(--ink2);font-size:13px}
@media (max-width:720px){header,main,footer{padding-left:16px;padding-right:16px}dd a.seen,p a.seen,li a.seen,.whole{white-space:normal}.facts>div,.grid>div{grid-template-columns:1fr;gap:0}.grid{grid-template-columns:1fr}nav ol{columns:1}}
@media print{
:root{color-scheme:light;${lightColours};--page:#fff;--soft:#f4f5f6;--link:#0a5c68}
@page{size:A4;margin:11mm 13mm 12mm}
body{font-size:9.4pt;line-height:1.4}
header,main,footer{max-width:none;padding:0}
h1{font-size:15pt;margin:0 0 3pt}h2{font-size:12.5pt;margin-top:18pt}h3{font-size:10.5pt}
.kicker{font-size:8.4pt}.lead{font-size:9.6pt;margin:3pt 0}
table{font-size:8.2pt}small,caption,.note{font-size:8pt}
.facts>div{grid-template-columns:30mm minmax(0,1fr)}
main>section:nth-of-type(-n+2){font-size:8.3pt;line-height:1.32}
main>section:nth-of-type(-n+2)>h2{font-size:10.5pt;margin:7pt 0 3pt;padding-top:3pt;border-top-width:1px}
main>section:nth-of-type(-n+2) dl{margin:2pt 0}
main>section:nth-of-type(2){break-after:page}
.grid{font-size:7.8pt}.grid>div{grid-template-columns:26mm minmax(0,1fr);padding:0}
.summary>div{grid-template-columns:26mm minmax(0,1fr);padding:2.6pt 0}.summary pre{font-size:7.2pt;padding:3pt 5pt}
.scroll{overflow:visible}
tr,figure,.facts>div{break-inside:avoid}
h2,h3,caption,figcaption,thead,summary{break-after:avoid}
tbody tr:first-child{break-before:avoid}
thead{display:table-header-group}
details:not([open])>summary{list-style:none}
details:not([open])>summary::after{content:": in the file, not printed"}
.mark,.chart{-webkit-print-color-adjust:exact;print-color-adjust:exact}
a{color:inherit}
}
`;
