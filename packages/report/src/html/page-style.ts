/** How pages look. Pictures stand on white in the dark too: their colours have meanings. */
export const pageStyle = `
:root { color-scheme: light dark; --ink: #222; --faint: #5c5c5c; --line: #dadada; --panel: #f5f5f3; --paper: #fff }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e6e6; --faint: #a6a6a6; --line: #3d3d3d; --panel: #222; --paper: #161616 }
}
* { box-sizing: border-box }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
main { max-width: 90rem; margin: auto; padding: 1rem clamp(1rem, 4vw, 3rem) 4rem }
h1, h2, h3, dd, pre { overflow-wrap: anywhere }
h1 { font-size: 1.7rem; line-height: 1.2 }
h2 { font-size: 1.3rem; margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line) }
h3 { font-size: 1.05rem; margin-top: 2rem }
p { max-width: 48rem }
pre { padding: .7rem 1rem; background: var(--panel); border-radius: .3rem; white-space: pre-wrap }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 16rem), 1fr)); gap: .6rem 2rem }
dt, caption, figcaption { color: var(--faint); font-size: .9rem }
dd { margin: 0 }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1.5rem; align-items: start }
figure { margin: 1rem 0 0 }
figure > svg { display: block; width: 46rem; max-width: 100%; height: auto; background: #fff; border-radius: .3rem; outline: 1px solid var(--line) }
figure.small > svg { width: 30rem }
.hint:hover > image { visibility: visible }
figcaption { padding: .4rem 0 }
.table { max-height: 28rem; overflow: auto; margin: 1.5rem 0 }
table { border-collapse: separate; border-spacing: 0; font-variant-numeric: tabular-nums }
caption { text-align: left; padding: .3rem 0 }
th, td { padding: .2rem .9rem .2rem 0; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top }
th { white-space: nowrap }
td { max-width: 24rem; overflow-wrap: break-word }
th:first-child { text-align: left; font-weight: normal }
thead th, thead td { position: sticky; top: 0; background: var(--paper) }
tbody th { position: sticky; left: 0; background: var(--paper) }
@media (max-width: 40rem) {
  tbody th { min-width: 6rem; max-width: 38vw; white-space: normal }
}
button { font: inherit; font-size: .85rem; margin-left: .5rem; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: .3rem; cursor: pointer }
th > button { margin: 0; padding: 0; color: inherit; font: inherit; background: none; border: 0 }
[aria-sort=descending] > button::after { content: ' ↓' }
[aria-sort=ascending] > button::after { content: ' ↑' }
nav ul { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: 1rem 0; padding: 0; list-style: none }
a { color: inherit }
button[hidden] { display: none }
@media print {
  :root { color-scheme: light; --ink: #000; --faint: #444; --line: #bbb; --panel: #fff; --paper: #fff }
  body { font-size: 9pt }
  main { max-width: none; padding: 0 }
  dl { grid-template-columns: repeat(3, 1fr) }
  button:not(th > button) { display: none }
  nav { display: none }
  .table { max-height: none; overflow: visible }
  thead th, thead td, tbody th { position: static }
  figure, tr, pre { break-inside: avoid }
  h2, h3, caption { break-after: avoid }
  .figures { grid-template-columns: 1fr 1fr }
}
`;
