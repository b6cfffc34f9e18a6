//! Nothing that can be printed for debugging prints a credential.

use std::fmt::Debug;

use tapwright_generated_tests::Lab;
use tapwright_runtime::{Api, Options, Origin, SecretString, SettingValue, Settings, Sync};

mod workos {
    tapwright::connector!("../../connector.yaml");
}

const KEY: &str = "sk_test_hush_hush_hush";

fn holds_none(what: &str, value: &dyn Debug) {
    for shown in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!shown.contains("hush"), "{what}: {shown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_public_type_shows_a_credential_in_debug() {
    let plan = workos::Connector::PLAN;
    let key = || SettingValue::Text(SecretString::from(KEY.to_owned()));
    let builder = Settings::builder(plan).set("apiKey", key(), Origin::Given);
    holds_none("a builder of settings", &builder);
    let settings = builder.build().unwrap();
    holds_none("settings", &settings);
    let options = || Options { base_url: Some("http://127.0.0.1:1".to_owned()), ..Options::default() };
    holds_none("a sync", &Sync::new(plan, settings.clone(), options()).unwrap());
    holds_none("an API", &Api::new(plan, settings, options()).unwrap());
    holds_none("options", &options());

    let config = workos::Config::builder().api_key(KEY);
    holds_none("a generated builder", &config);
    let config = config.build().unwrap();
    holds_none("a generated config", &config);
    holds_none("a generated connector", &workos::Connector::new(config).unwrap());

    let mut lab = Lab::workos(|sandbox| sandbox).await;
    lab.options.resources = Some(vec!["organizations".to_owned()]);
    let settings = Settings::builder(plan).set("apiKey", key(), Origin::Given).build().unwrap();
    let mut sink = tapwright_sqlite::Sqlite::open(lab.path()).unwrap();
    let sync = Sync::new(plan, settings, lab.options.clone()).unwrap();
    let report = sync.run(&mut sink, &(), &tapwright_runtime::Stop::default()).await.unwrap();
    holds_none("a report", &report);
    holds_none("an error", report.resources[0].error.as_ref().unwrap());
    holds_none("a sink", &sink);
}
