//! Brands of the engagement's own: listed, made, given fonts, written to a file.

use groma_app::verbs::{AddBrand, AddFonts, ExportBrand};
use groma_app::{App, AppError, Verb};

use crate::args::BrandAct;
use crate::run::{Ended, show};
use crate::{DONE, REFUSED, print};

pub(crate) fn brand(app: &mut App, act: BrandAct) -> Ended {
    match act {
        BrandAct::List(of) => {
            app.open(&of.file)?;
            let state = groma_app::verbs::Status {}.run(app)?;
            show(&state.brands, of.json, |rows| print::rows(rows))
        }
        BrandAct::Add { file, from, name, take } => {
            app.open(&file)?;
            let brand = AddBrand { from, name, take }.run(app)?.brand;
            print::line(&format!("{} {}", brand.id, brand.name));
            Ok(DONE)
        }
        BrandAct::Fonts { file, brand, fonts, take } => {
            let brand = brand.parse().map_err(|_| {
                AppError::usage(format!("\"{brand}\" is no own brand"))
                    .hint("`groma brand list` names the ids")
                    .field("brand")
            })?;
            app.open(&file)?;
            let reply = AddFonts { brand, paths: fonts, take }.run(app)?;
            for one in &reply.added {
                let lacks = if one.lacks.is_empty() { String::new() } else { format!(" (lacks {})", one.lacks) };
                print::line(&format!("{} {}{lacks}", one.font.family, one.font.style));
            }
            for one in &reply.refused {
                print::note(&format!("{} – {}", one.reason, one.hint));
            }
            Ok(if reply.refused.is_empty() { DONE } else { REFUSED })
        }
        BrandAct::Save { file, brand, output } => {
            app.open(&file)?;
            let path = ExportBrand { brand, path: output }.run(app)?;
            print::line(&path.display().to_string());
            Ok(DONE)
        }
    }
}
