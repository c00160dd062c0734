# shellcheck shell=sh disable=SC2034 # used by the scripts that read this file
M_USAGE='Aufruf: ./run.sh [--yes] [--plan] [--only NAMEN] [--out ORDNER] [--no-redact]

  --plan         nur sagen, was getan würde
  --yes          vor dem Start nicht fragen
  --only NAMEN   nur diese Sonden oder Gruppen, durch Kommas getrennt: --only postgres,redis
  --out ORDNER   wohin die Ergebnisse kommen; ein neuer oder leerer Ordner
  --no-redact    Namen von Benutzern, Rechnern und Adressen behalten. Passwörter, Token und die Literale von
                 SQL-Anweisungen werden trotzdem entfernt.

Wohin verbunden wird, steht in settings.env.'
M_UNKNOWN_OPTION='Diese Option gibt es nicht:'
M_UNKNOWN_PROBE='Diese Sonde oder Gruppe gibt es nicht:'
M_KNOWN='Es gibt:'
M_NO_COMMAND='dieser Befehl ist hier nicht installiert:'
M_NOT_SET='dies ist in settings.env nicht gesetzt:'
M_OR='oder'
M_PLAN='Das wird nacheinander getan. Nirgends wird etwas verändert.'
M_WILL_SKIP='Wird übersprungen:'
M_AT_MOST='Dauert höchstens'
M_REDACTED='Namen von Benutzern und Rechnern, Adressen, Literale und Geheimnisse werden entfernt, bevor etwas geschrieben wird.'
M_NOT_REDACTED='Namen von Benutzern, Rechnern und Adressen bleiben, wie gewünscht. Literale und Geheimnisse werden entfernt.'
M_NOT_EMPTY='Diesen Ordner gibt es, und er ist nicht leer; mit --out einen anderen nennen:'
M_GOES_TO='Die Ergebnisse kommen nach'
M_NOT_ASKED='Es ist kein Terminal da, an dem gefragt werden kann; mit --yes noch einmal aufrufen.'
M_ASK='Starten? [j/N]'
M_NOTHING_DONE='Es wurde nichts getan.'
M_RAN='fertig'
M_SKIPPED='übersprungen:'
M_FAILED='fehlgeschlagen:'
M_STOPPED='vom Ausführenden abgebrochen'
M_TOO_LONG='es dauerte länger als'
M_ENDED_WITH='es endete mit Status'
M_NOTHING='es gab nichts aus'
M_DONE='Die Ergebnisse liegen in diesem Ordner; bitte vor dem Versenden ansehen:'
M_SEND='manifest.json darin sagt, was lief, was übersprungen wurde und was fehlschlug.'
M_NO_EXTENSION='diese Erweiterung ist in der Datenbank nicht installiert:'
M_NO_RIGHT='die Rolle darf Anweisungen anderer nicht sehen; sie braucht'
M_LEFT_OUT='Indizes, die für PG_BLOAT_MAX_MB zu groß sind und ausgelassen wurden:'
M_REFUSED='der Server lehnt es ab:'
M_NO_KEYS='es wurde kein Schlüssel gefunden'
M_NO_LINES='es wurde keine Zeile gefunden'
M_NO_ANSWER='keine Antwort auf diese Abfrage enthielt eine Zahl:'
M_PARTLY='ohne:'
