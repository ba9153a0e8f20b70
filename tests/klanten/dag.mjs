// A day of a provider's back-office with the client that orval made of /v1/openapi.json; tells as JSON what came of it.
import * as knoop from "./klant.mjs";

const { TOKEN, BSN } = process.env;
const mij = { headers: { Authorization: `Bearer ${TOKEN}` } };
// This operation takes a file too: there orval sends the body as it is, and the caller says what it is.
const alsJson = { headers: { ...mij.headers, "Content-Type": "application/json" } };

async function moet(belofte, status = 200) {
  const antwoord = await belofte;
  if (antwoord.status !== status) throw new Error(`${antwoord.status}: ${JSON.stringify(antwoord.data)}`);
  return antwoord.data;
}

const post = await moet(knoop.postvakLuister({ limit: 10 }, mij));
const { traceerId } = post.items[0].referentiegegevens;
const xml = await moet(knoop.berichtenHaalOp(traceerId, mij));
const bevestigd = await moet(knoop.postvakBevestig(traceerId, mij));

const lijst = await moet(knoop.toewijzingenZoek({ toestand: "lopend", limiet: 5 }, mij));
const vanClient = await moet(knoop.toewijzingenZoekClient({ bsn: BSN }, mij));
const { id, toewijzingnummer } = vanClient.items[0];

const start = await moet(knoop.voorstellenStart({ toewijzing: id, begindatum: "2026-02-02" }, mij));
const gestart = await moet(knoop.berichtenBiedAan(new Blob([start.xml]), mij), 202);
const volumes = [{ toewijzingnummer, maand: "2026-02", hoeveelheid: 60, eenheid: "01", tarief: 5000 }];
const voorstel = await moet(knoop.voorstellenDeclaratie(JSON.stringify({ maand: "2026-02", volumes }), undefined, alsJson));
const gedeclareerd = await moet(knoop.berichtenBiedAan(new Blob([voorstel.declaraties[0].xml]), mij), 202);

const berichten = await moet(knoop.berichtenZoek({ richting: "verzonden" }, mij));
const declaraties = await moet(knoop.declaratiesZoek({ maand: "2026-02" }, mij));
const werk = await moet(knoop.werklijstenAlles({ totEnMet: "2026-12-31" }, mij));
const mis = await knoop.toewijzingenZoek({ limiet: 1001 }, mij);

console.log(
  JSON.stringify({
    opgehaald: (typeof xml === "string" ? xml : await xml.text()).includes(BSN),
    bevestigd: bevestigd.status,
    lopend: lijst.items.length,
    start: gestart.oordeel,
    declaratie: gedeclareerd.oordeel,
    verzonden: berichten.items.map((een) => een.berichtsoort),
    toegekend: declaraties.items.map((een) => een.toegekend),
    werk: werk.items.map((een) => een.lijst),
    mis: [mis.status, mis.data.onjuist[0].melding],
  }),
);
