// Reads {geheim, koppen, inhoud} from stdin and prints what the library of Standard Webhooks makes of it.
const { Webhook } = require("standardwebhooks");

let invoer = "";
process.stdin.on("data", (deel) => (invoer += deel));
process.stdin.on("end", () => {
  const { geheim, koppen, inhoud } = JSON.parse(invoer);
  try {
    console.log(JSON.stringify({ goed: new Webhook(geheim).verify(inhoud, koppen) }));
  } catch (fout) {
    console.log(JSON.stringify({ fout: fout.message }));
  }
});
