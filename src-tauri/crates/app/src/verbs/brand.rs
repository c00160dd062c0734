//! Brands of the engagement's own: made as a copy, written to one file, looked at for contrast.

use std::path::{Path, PathBuf};

use groma_model::{Brand, Id, Image, Kind};
use groma_picture::Prepared;
use groma_store::{Changes, Op, Read};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::brands::{self, Copied};
use crate::contrast::{ContrastReply, contrast};
use crate::verbs::{described, prepared};
use crate::{App, AppError, Verb, brand_fonts, files};

/// Makes a brand of the engagement's own.
#[derive(Debug, Clone, Default, Deserialize, ts_rs::TS)]
#[serde(default, deny_unknown_fields)]
pub struct AddBrand {
    /// What is copied: a built-in id, the id of one of the engagement's own, or the path of a brand's `.toml`.
    pub from: String,
    /// Its name; that of what is copied when not given.
    pub name: String,
    /// Whether the report takes it at once.
    pub take: bool,
}

/// The brand as kept.
#[derive(Debug, Clone, Serialize, ts_rs::TS)]
pub struct BrandReply {
    /// The brand.
    pub brand: Brand,
    /// What changed.
    pub changes: Changes,
}

impl Verb for AddBrand {
    type Reply = BrandReply;

    fn run(self, app: &mut App) -> Result<BrandReply, AppError> {
        let Copied { mut brand, logo, logo_dark, fonts } = self.read(app)?;
        if !self.name.trim().is_empty() {
            brand.name = self.name.trim().to_owned();
        }
        let author = app.environment.author.clone();
        let store = app.store()?;
        let mut contents = store.contents()?;
        let mut image = |bytes: Option<Vec<u8>>| {
            let Some(bytes) = bytes else { return Ok(None) };
            let prepared = prepared("the logo", &bytes)?;
            let image = logo_image(&contents.images, &brand.name, &prepared);
            contents.images.push(image.clone());
            Ok::<_, AppError>(Some((image, bytes, prepared)))
        };
        let (logo, logo_dark) = (image(logo)?, image(logo_dark)?);
        let engagement = contents.engagement.id;
        let (brand, changes) = store.transact(Op::Insert(Kind::Brand), &author, |tx| {
            let mut keep = |logo: Option<(Image, Vec<u8>, Prepared)>| {
                let kept = logo.map(|(image, bytes, prepared)| tx.add_image(image, &bytes, &prepared.bytes));
                kept.transpose().map(|image| image.map(|image| image.id))
            };
            (brand.logo, brand.logo_dark) = (keep(logo)?, keep(logo_dark)?);
            let mut brand = tx.insert(brand)?;
            if !fonts.is_empty() {
                let list = brand.fonts.clone();
                brand = tx.put_fonts(brand.id, &list, &fonts)?;
            }
            if self.take {
                let fields = Map::from_iter([("brand".to_owned(), Value::String(brand.id.to_string()))]);
                tx.patch_json(Kind::Engagement, engagement, fields)?;
            }
            Ok(brand)
        })?;
        Ok(BrandReply { brand, changes })
    }
}

impl AddBrand {
    fn read(&self, app: &mut App) -> Result<Copied, AppError> {
        let path = Path::new(&self.from);
        if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml")) {
            return brands::from_file(&path.display().to_string(), &files::read(path)?);
        }
        let contents = app.store()?.contents()?;
        let Some(own) = brands::own(&contents, &self.from) else {
            return brands::built_in(if self.from.is_empty() { "groma" } else { &self.from })
                .map_err(|error| error.field("from"));
        };
        // Copies share the logo's bytes, not its image: each can be given another.
        let mut logo = |id: Option<Id>| {
            let image = contents.images.iter().find(|image| Some(image.id) == id);
            image.map(|image| app.store()?.blob(&image.sha256).map_err(AppError::from)).transpose()
        };
        let (logo, logo_dark) = (logo(own.logo)?, logo(own.logo_dark)?);
        let fonts = brand_fonts::bytes(app.store()?, own)?;
        let brand = Brand { id: Id::default(), logo: None, logo_dark: None, ..own.clone() };
        Ok(Copied { brand, logo, logo_dark, fonts })
    }
}

/// The image that keeps a logo, under a name that no other has.
fn logo_image(known: &[Image], brand: &str, prepared: &Prepared) -> Image {
    let words = brand.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let base = std::iter::once("logo").chain(words).collect::<Vec<_>>().join("-").to_lowercase();
    let taken = |name: &str| known.iter().any(|image| image.name == name);
    let name = std::iter::once(base.clone()).chain((2..).map(|n| format!("{base}-{n}"))).find(|name| !taken(name));
    Image { name: name.unwrap_or(base), alt: brand.to_owned(), ..described(prepared) }
}

/// Writes a brand with its logos and its fonts to one file.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct ExportBrand {
    /// The brand: an id of the engagement's own, or a built-in one.
    pub brand: String,
    /// The file.
    pub path: PathBuf,
}

impl Verb for ExportBrand {
    type Reply = PathBuf;

    fn run(self, app: &mut App) -> Result<PathBuf, AppError> {
        let engagement = app.path()?.to_path_buf();
        files::not_an_engagement(&self.path, &engagement)?;
        let ask = AddBrand { from: self.brand, ..AddBrand::default() };
        let Copied { brand, logo, logo_dark, fonts } = ask.read(app)?;
        let ready = |logo: Option<Vec<u8>>| {
            let ready = logo.as_deref().map(|bytes| prepared("the logo", bytes)).transpose()?;
            Ok::<_, AppError>(ready.map(|logo| (described(&logo), logo)))
        };
        let logos = [ready(logo)?, ready(logo_dark)?];
        let logos = logos.each_ref().map(|logo| logo.as_ref().map(|(image, logo)| (image, logo.bytes.as_slice())));
        let bytes = brands::to_file(&brand, logos, &fonts)?;
        files::write(&self.path, &bytes)?;
        Ok(self.path)
    }
}

/// How well a brand's colours read.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(deny_unknown_fields)]
pub struct Contrast {
    /// An id of the engagement's own, or a built-in one.
    pub brand: String,
}

impl Verb for Contrast {
    type Reply = ContrastReply;

    fn run(self, app: &mut App) -> Result<ContrastReply, AppError> {
        let ask = AddBrand { from: self.brand, ..AddBrand::default() };
        // Its fonts may be lost, and its colours are there all the same.
        let contents = app.store()?.contents()?;
        match brands::own(&contents, &ask.from) {
            Some(own) => Ok(contrast(own)),
            None => Ok(contrast(&ask.read(app)?.brand)),
        }
    }
}
