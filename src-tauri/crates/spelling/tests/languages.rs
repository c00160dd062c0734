//! What the dictionaries know: right prose without a complaint, mistakes found and mended.
#![allow(clippy::unwrap_used, reason = "a test fails where it must not go on")]

use groma_spelling::{OwnWords, Speller};

fn misspelt<'a>(language: &str, text: &'a str) -> Vec<&'a str> {
    let speller = Speller::of(language).unwrap();
    speller.misspelt(text, &OwnWords::default()).into_iter().map(|range| &text[range]).collect()
}

const GERMAN: &str = "Die Datenbankverbindungen werden bei Lastspitzen knapp, weil der Verbindungspool mit zwanzig \
    Verbindungen zu klein bemessen ist. Wir empfehlen, das Zeitlimit für Aufrufe externer Zahlungsdienste auf zwei \
    Sekunden zu setzen, einen Schutzschalter einzubauen und die Wiederholungsversuche zu begrenzen. Der Wiederanlauf nach \
    einem Ausfall der Primärdatenbank wurde noch nie geübt; ein Notfallhandbuch fehlt, ebenso eine Überwachung der \
    Replikationsverzögerung. Fremdschlüsselspalten ohne Index führen zu vollständigen Tabellenscans. Lese- und \
    Schreibzugriffe sind nicht getrennt. Die Mandantentrennung erfolgt ausschließlich im Anwendungscode. Das Deployment \
    erfolgt manuell, Rollbacks sind ungeprobt. Die Umsatzsteuerberechnung, Mahnläufe sowie die Gutschriftenerstellung in \
    Deutschlands größten Städten, z. B. Berlin, sind bzw. waren betroffen. Hochverfügbare Warteschlangensysteme kosten mehr.";

const ENGLISH: &str = "The connection pool is undersized: under peak load the application servers wait for database \
    connections, and requests time out. Failover to the read replica hasn't been rehearsed; the runbook is missing. Colour \
    and color, organise and organize are both fine. The client’s on-call engineers re-run the jobs by hand. Microservices, \
    webhooks, Kubernetes and PostgreSQL are known. Autovacuum doesn't keep up.";

#[test]
fn right_prose_has_no_complaint() {
    assert_eq!(misspelt("de", GERMAN), Vec::<&str>::new());
    assert_eq!(misspelt("en", ENGLISH), Vec::<&str>::new());
}

#[test]
fn a_region_asks_for_its_own_spelling() {
    assert_eq!(misspelt("en-US", "colour and color"), ["colour"]);
    assert_eq!(misspelt("en-GB", "colour and color"), ["color"]);
    assert!(Speller::of("fr").is_none());
    assert!(Speller::of("de-AT").is_some());
}

#[test]
fn mistakes_are_found_and_what_was_meant_is_offered() {
    for (language, wrong, right) in [
        ("de", "Datenbnk", "Datenbank"),
        ("de", "Abhänikeit", "Abhängigkeit"),
        ("de", "nciht", "nicht"),
        ("de", "daß", "dass"),
        ("de", "Groesse", "Größe"),
        ("de", "Standart", "Standard"),
        ("de", "Verbindungpool", "Verbindungspool"),
        ("de", "Mandantenfähigket", "Mandantenfähigkeit"),
        ("de", "Fehlerbehandlug", "Fehlerbehandlung"),
        ("de", "Resourcen", "Ressourcen"),
        ("en", "databse", "database"),
        ("en", "occured", "occurred"),
        ("en", "definately", "definitely"),
        ("en", "teh", "the"),
        ("en", "Recieve", "Receive"),
        ("en", "dependancy", "dependency"),
    ] {
        assert_eq!(misspelt(language, wrong), [wrong]);
        let meant = Speller::of(language).unwrap().suggest(wrong);
        assert_eq!(meant.first().map(String::as_str), Some(right), "{wrong}: {meant:?}");
    }
}

#[test]
fn a_slip_in_a_compound_is_seldom_taken_for_another_compound() {
    let words: Vec<&str> =
        GERMAN.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 11).collect();
    let speller = Speller::of("de").unwrap();
    let (mut all, mut missed) = (0, Vec::new());
    for word in words {
        let letters: Vec<char> = word.chars().collect();
        for at in (1..letters.len()).step_by(2) {
            let mut slip = letters.clone();
            slip.remove(at);
            let slip: String = slip.into_iter().collect();
            all += 1;
            if speller.knows(&slip) {
                missed.push(slip);
            }
        }
    }
    // Most of those left are words, such as a plural without its last letter.
    assert!(all > 150 && missed.len() * 100 < all * 12, "{} of {all}: {missed:?}", missed.len());
}

#[test]
fn words_of_the_engagement_are_right() {
    let own: OwnWords = ["Müllersoft Quantix", "flurbel"].into_iter().collect();
    let speller = Speller::of("de").unwrap();
    let text = "Quantix und Flurbel, Müllersofts flurbel";
    assert!(speller.misspelt(text, &own).is_empty());
    assert_eq!(speller.misspelt(text, &OwnWords::default()).len(), 4);
}
