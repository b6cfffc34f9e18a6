//! The credential stays where it belongs, whatever the source sends back.

use tapwright_sandbox::Fault;

use crate::bench::Bench;
use crate::lab::Lab;
use crate::outcome::{Ended, Ran, holds, not_about, tried};

/// No report, error or byte of the store has a secret in it, after a sync that goes well and after such as are refused with
/// the credential in the answer.
pub(crate) async fn no_output_holds_the_credential(bench: &Bench<'_>) -> Ran {
    let lab = bench.lab(3).await?;
    let secrets = bench.secrets(&lab);
    if secrets.is_empty() {
        return not_about("it has no secret");
    }
    let mut looked = 0;
    let report = lab.sync(false).await?;
    looked += look(&secrets, &lab, &format!("{report:?}"), &serde_json::to_string(&report).unwrap_or_default())?;
    for status in [400, 401, 403, 500] {
        for secret in &secrets {
            let lab = bench.lab(3).await?;
            let body = serde_json::json!({ "message": format!("`{secret}` is not known"), "code": secret });
            lab.sandbox.fail(bench.name(), Fault::Answer(status, body.to_string()).always())?;
            let report = lab.sync(false).await?;
            let mut said = format!("{report:?}");
            for error in report.resources.iter().filter_map(|of| of.error.as_ref()) {
                said.push_str(&format!("{error} {error:?} {:?}", error.advice()));
            }
            looked += look(&secrets, &lab, &said, &serde_json::to_string(&report).unwrap_or_default())?;
        }
    }
    tried("outputs", looked)
}

/// Looks for secrets in texts and in every file of the store; says at how many it looked.
fn look(secrets: &[String], lab: &Lab, said: &str, report: &str) -> Result<u64, Ended> {
    let mut outputs = vec![("an error", said.as_bytes().to_vec()), ("a report", report.as_bytes().to_vec())];
    let path = lab.path();
    let files = path.parent().map(std::fs::read_dir).transpose()?.into_iter().flatten();
    for file in files {
        outputs.push(("the store", std::fs::read(file?.path())?));
    }
    for secret in secrets {
        // Of a key in PEM, a line that is not the same for all.
        let line = secret.lines().find(|line| line.len() >= 8 && !line.starts_with("---")).unwrap_or(secret).as_bytes();
        for (what, bytes) in &outputs {
            let found = bytes.windows(line.len()).any(|window| window == line);
            holds(!found, || format!("{what} holds a secret"))?;
        }
    }
    Ok(outputs.len() as u64)
}
