/** Exposure colours keep their distance from each other on both grounds and for the common kinds of colour blindness. */
const colours = `
:root{--page:#fff;--panel:#f6f8fa;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--link:#0550ae;
--contradiction:#a43099;--exposed:#6b0a12;--broad:#896804;--restricted:#0557fa;--unknown:#3d454d;--private:#0b8151;--not-applicable:#57606a}
@media (prefers-color-scheme:dark){:root{--page:#0f1317;--panel:#171d23;--text:#e6edf3;--soft:#9aa4af;--line:#303841;--link:#84b9ff;
--contradiction:#ca4ff4;--exposed:#ff5f4a;--broad:#f3d49c;--restricted:#84cefa;--unknown:#838b92;--private:#dffaf1;--not-applicable:#9aa4af}}
.of-contradiction{color:var(--contradiction)}.of-exposed{color:var(--exposed)}.of-broad{color:var(--broad)}.of-restricted{color:var(--restricted)}
.of-unknown{color:var(--unknown);font-style:italic}.of-private{color:var(--private)}.of-not-applicable{color:var(--not-applicable)}
.fill-contradiction{fill:var(--contradiction)}.fill-exposed{fill:var(--exposed)}.fill-broad{fill:var(--broad)}.fill-restricted{fill:var(--restricted)}
.fill-unknown{fill:var(--unknown)}.fill-private{fill:var(--private)}.fill-not-applicable{fill:var(--not-applicable)}
`;

const base = `
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:5rem}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
header,main{max-width:1400px;margin:0 auto;padding:0 20px}
header{padding-top:14px;display:flex;flex-wrap:wrap;gap:0 16px;align-items:baseline}
h1{font-size:22px;margin:0}h2{font-size:17px;margin:28px 0 8px}h3{font-size:15px;margin:18px 0 4px}h4{font-size:15px;margin:0 0 4px}
p{margin:6px 0}ul,ol,dl{margin:6px 0;padding:0}ul,ol{padding-left:20px}dd{margin:0}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
pre{margin:0;padding:8px 10px;background:var(--panel);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
.commands{display:grid;grid-template-columns:1fr auto;gap:6px;align-items:start;margin:6px 0}
.commands pre{grid-column:1}.commands button{grid-column:2}
button,input{font:inherit;color:inherit;background:var(--page);border:1px solid var(--line);border-radius:6px;padding:4px 12px;min-height:30px}
button{cursor:pointer}
.about,.of,.small,small,.why{color:var(--soft)}
.about,.small,small,.of{font-size:13px}
.of{font-weight:400}
.invisible{font:11px ui-monospace,monospace;border:1px solid var(--exposed);border-radius:3px;padding:0 2px;color:var(--exposed)}
table{border-collapse:collapse;width:100%;font-size:14px}
th,td{text-align:left;vertical-align:top;padding:6px 14px 6px 0;border-bottom:1px solid var(--line)}
th{font-size:13px;color:var(--soft);font-weight:600;white-space:nowrap}td code{white-space:nowrap}.id{min-width:9em}
.scroll{overflow-x:auto}.scroll table{min-width:760px}
footer{margin:28px 0 20px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
`;

const summary = `
.notice{margin:10px 0 0;padding:8px 14px;border:1px solid var(--broad);border-left-width:5px;border-radius:6px}
.notice.is-limit{border-color:var(--soft)}
.summary{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,8fr);gap:40px;margin-top:12px}
.summary h2{font-size:14px;margin:6px 0;color:var(--soft)}
.count{margin:0;font-size:16px}
.figure{font-size:52px;line-height:1;font-weight:700;margin-right:6px}
.is-open .figure{color:var(--exposed)}.is-clear .figure{color:var(--private)}.is-unknown .figure{color:var(--unknown)}
.facts{list-style:none;padding:0;font-size:14px}.facts li{display:grid;grid-template-columns:2.6em 1fr;gap:8px}.facts b{text-align:right}
.tiles{display:grid;grid-template-columns:repeat(3,1fr);gap:6px;list-style:none;padding:0;margin:10px 0 0;font-size:13px}
.tile{border:1px solid var(--line);border-radius:6px;background:var(--panel)}
.tile a,.tile.is-none{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 4px;padding:3px 7px;color:inherit;text-decoration:none}
.tile a:hover{text-decoration:underline}.tile.is-none{background:none}.tile.is-none b{color:var(--soft);font-weight:400}
.mark{white-space:nowrap;font-weight:600}.glyph{display:inline-block;width:1.1em;font-style:normal}
.providers{display:grid;grid-template-columns:max-content max-content 1fr;gap:8px 10px;align-items:center;margin-top:14px;font-size:14px}
.providers h2{grid-column:1/-1;margin:0}.provider{display:contents}.provider span{text-align:right;color:var(--soft)}
.bar{display:block;min-width:0}.bar rect{stroke:var(--page);stroke-width:1}.bar text{fill:var(--page);font-size:12px;font-weight:600}
.first ol{list-style:none;padding:0;margin:0}
.first li{display:grid;grid-template-columns:7.2em 1fr;gap:0 8px;align-items:baseline;padding:3px 0;font-size:14px}
.first li small,.first li .commands{grid-column:2}.first li small{line-height:1.35}.first li .commands{margin:2px 0}
.first p{font-size:14px}.first span>a,.first p a,.facts a{display:inline-block;min-height:24px}
.severity{white-space:nowrap;font-weight:600;font-size:13px}.fix .severity{display:inline-block;min-width:8em}.plain .bars{width:auto}
.bars{display:inline-block;width:3em;letter-spacing:-1px;font-size:11px}
.is-critical,.is-high{color:var(--exposed)}.is-medium{color:var(--broad)}.is-low,.is-info{color:var(--soft)}
`;

const clusters = `
.cluster,.fix{border-bottom:1px solid var(--line)}
.cluster>summary,.fix>summary{cursor:pointer;list-style:none;padding:7px 8px 7px 24px;position:relative}
summary::-webkit-details-marker{display:none}
.cluster>summary::before,.fix>summary::before{content:"▸";position:absolute;left:6px;top:8px;color:var(--soft)}
[open]>summary::before{content:"▾"!important}
.cluster>summary:hover,.fix>summary:hover{background:var(--panel)}
.cluster>summary{display:grid;grid-template-columns:8em minmax(0,6fr) minmax(0,5fr) 9em;gap:4px 16px;align-items:start}
.cluster h3,.fix h3{display:inline;margin:0}
.name small,.seen small{display:block}.worst{font-size:14px;display:grid;grid-template-columns:7.6em 1fr;align-items:baseline}.worst .of{white-space:nowrap}
.body{padding:4px 8px 18px 24px;scroll-margin-top:5rem}
.glyphs i{display:inline-block;width:22px;height:22px;line-height:20px;margin-right:2px;text-align:center;font-style:normal;font-weight:700;font-size:13px;border:1px solid var(--line);border-radius:4px}
.glyphs .step-passed{color:var(--broad);border-color:currentColor}.glyphs .step-stopped{color:var(--private);border-color:currentColor}
.glyphs .step-too-far{color:var(--page);background:var(--exposed);border-color:var(--exposed)}
.glyphs .step-untried{color:var(--soft);border-style:dotted}.glyphs .step-unclear{color:var(--unknown);border-color:currentColor;border-style:dashed}
.endpoint,.finding,.untold,.paths{border:1px solid var(--line);border-radius:8px;padding:10px 14px;margin:10px 0}
.proof{font-weight:400;font-size:13px;color:var(--soft)}
.lane{display:grid;grid-template-columns:repeat(5,1fr);gap:6px;list-style:none;padding:0;margin:10px 0}
.lane li{border:1px solid var(--line);border-top:4px solid var(--line);border-radius:4px;padding:5px 8px;min-width:0}
.lane small{display:block}.lane .step{display:block;font-size:14px}
.lane .step-passed{border-top-color:var(--broad)}.lane .step-stopped{border-top-color:var(--private)}.lane .step-too-far{border-top-color:var(--exposed)}
.lane .step-too-far .step{color:var(--exposed);font-weight:600}
.lane .step-untried{border-style:dotted}.lane .step-unclear{border-top-color:var(--unknown);border-style:dashed}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:10px;margin:10px 0}
.sides>div{border-left:4px solid var(--contradiction);background:var(--panel);padding:6px 12px}
.evidence div{display:flex;gap:10px;font-size:13px}.evidence dt{min-width:9em;color:var(--soft)}
.names{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:2px 14px}.plain{list-style:none;padding:0;margin:0}
.names a{display:inline-block;min-height:24px}
.references{margin-top:0;font-size:13px}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;align-items:end;gap:0 20px;margin-bottom:8px}.head h2{margin-bottom:0}.filter input{width:min(24em,60vw)}.filter span{margin-right:10px;color:var(--soft);font-size:13px}
.legends{display:grid;grid-template-columns:1fr 1fr;gap:0 28px}.legends dl div{display:grid;grid-template-columns:8em 1fr;padding:2px 0;font-size:14px}.legends dl+dl div{grid-template-columns:3em 1fr}
`;

const small = `
@media (max-width:900px){.summary{grid-template-columns:minmax(0,1fr);gap:12px}
.cluster>summary{grid-template-columns:8em 1fr;align-items:start}.worst,.seen{grid-column:2}.lane{grid-template-columns:1fr 1fr}
.sides,.legends{grid-template-columns:1fr}}
@media (max-width:480px){header,main{padding-left:12px;padding-right:12px}.tiles{grid-template-columns:1fr 1fr}.lane{grid-template-columns:1fr}
.cluster>summary{grid-template-columns:1fr}.worst,.seen{grid-column:1}
.body{padding-left:4px;padding-right:0}.commands{grid-template-columns:1fr}.commands button{grid-column:1;justify-self:start}.evidence div{display:block}}
@media (forced-colors:active){.glyphs i,.lane li,.tile,.mark{border:1px solid}.bar rect{stroke:CanvasText}}
@media print{:root{--page:#fff;--panel:#fff;--text:#000;--soft:#444;--line:#bbb;--link:#000}
button,.filter{display:none!important}details::details-content{content-visibility:visible;block-size:auto}
.endpoint,.finding,tr{break-inside:avoid}body{zoom:.8}.scroll{overflow:visible}
.lane{grid-template-columns:repeat(5,1fr)}.sides{grid-template-columns:1fr 1fr}}
`;

/** The page's only style. What it is made of stays constant, so that its hash in the policy is one, too. */
export const style = colours + base + summary + clusters + small;
