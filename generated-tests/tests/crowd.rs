//! More parents than frontiers are kept of: they share one moment, and nothing of any of them is lost.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tapwright_generated_tests::chaos::Dice;
use tapwright_generated_tests::{Lab, model};
use tapwright_runtime::{Report, Status, Timestamp};
use tapwright_sandbox::{Change, Fault, Sandbox, Seen};

const SPEC: &str = include_str!("../specs/children.yaml");
const DAY: i64 = 86_400_000;

/// A lab whose resource `logins` (of the last 60 days, a day of which is read again) keeps five frontiers.
async fn lab(set_up: impl FnOnce(Sandbox) -> Sandbox) -> Lab {
    let mut lab = Lab::of(&model(SPEC), set_up).await;
    lab.options.resources = Some(vec!["logins".to_owned()]);
    lab.options.most_frontiers = 5;
    lab
}

fn stored(lab: &Lab) -> BTreeSet<String> {
    let store = lab.store();
    let mut statement = store.prepare("select id from children_login").unwrap();
    let ids = statement.query_map([], |row| row.get(0)).unwrap();
    ids.map(Result::unwrap).collect()
}

/// From how many days back each team's logins were asked for last.
fn days_back(requests: &[Seen], now: i64) -> BTreeMap<String, i64> {
    let logins = requests.iter().filter(|request| request.path.ends_with("/logins"));
    let days = logins.filter_map(|request| {
        let since = request.query.split('&').find_map(|pair| pair.strip_prefix("since="))?;
        let since = Timestamp::parse(&since.replace("%3A", ":"))?;
        Some((request.path.clone(), (now - since.millis()) / DAY))
    });
    days.collect()
}

fn complete(report: &Report) {
    assert_eq!(report.status, Status::Complete, "{report:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn parents_beyond_the_bound_are_read_from_a_moment_they_share() {
    let mut lab =
        lab(|sandbox| sandbox.records("teams", 40).records("logins", 400).history(Duration::from_secs(10 * 86_400)))
            .await;
    lab.options.readers = 1;
    let now = lab.sandbox.now();
    for _ in 0..2 {
        lab.sandbox.forget_requests();
        complete(&lab.sync().await);
    }
    let back = days_back(&lab.sandbox.requests(), now);
    assert_eq!(back.len(), 40);
    // The first parents that were met have frontiers; of the next few nothing was known that others had before them.
    let far = back.values().filter(|days| **days > 50).count();
    assert!(far <= 3, "{far} of 40 were read from the beginning: {back:?}");
    assert_eq!(stored(&lab).len(), 400);

    // One that is new is told from those that are beyond the bound.
    let team = lab.sandbox.insert("teams", &Change::new()).unwrap();
    let old = lab.sandbox.insert("logins", &Change::new().of(&team).at(now - 40 * DAY)).unwrap();
    lab.sandbox.forget_requests();
    complete(&lab.sync().await);
    assert!(stored(&lab).contains(&old));
    let back = days_back(&lab.sandbox.requests(), now);
    let far: Vec<_> = back.iter().filter(|(_, days)| **days > 50).collect();
    assert!(far.len() == 1 && far[0].0.contains(&team), "{far:?}");
    let size = lab.number("select max(length(checkpoint)) from _tapwright_checkpoints");
    assert!(size < 1_500, "{size} bytes");
}

/// What happens while syncs are made and break off: the source's own clock goes on by days, a record comes at most a day
/// late, and a new team brings its history with it.
async fn schedule(seed: u64) -> u32 {
    let mut dice = Dice::new(seed);
    let mut lab = lab(|sandbox| sandbox.records("teams", 0).records("logins", 0)).await;
    lab.options.readers = 1 + usize::try_from(dice.below(3)).unwrap();
    lab.options.most_frontiers = usize::try_from(dice.below(8)).unwrap();
    let mut clock = lab.sandbox.now() - 58 * DAY;
    let team = || lab.sandbox.insert("teams", &Change::new()).unwrap();
    let mut teams: Vec<String> = std::iter::repeat_with(team).take(20).collect();
    let mut there = BTreeSet::new();
    let mut resumed = 0;
    for _ in 0..10 {
        let mut happen = |dice: &mut Dice, clock: i64| {
            for _ in 0..dice.below(12) {
                let at = clock - i64::try_from(dice.below(DAY as u64)).unwrap();
                let team = &teams[usize::try_from(dice.below(teams.len() as u64)).unwrap()];
                there.insert(lab.sandbox.insert("logins", &Change::new().of(team).at(at)).unwrap());
            }
            if dice.once_in(4) {
                let team = lab.sandbox.insert("teams", &Change::new()).unwrap();
                let at = clock - i64::try_from(dice.below(20 * DAY as u64)).unwrap();
                let at = at.max(lab.sandbox.now() - 59 * DAY);
                there.insert(lab.sandbox.insert("logins", &Change::new().of(&team).at(at)).unwrap());
                teams.push(team);
            }
        };
        happen(&mut dice, clock);
        while dice.once_in(2) {
            let broken = Fault::Answer(400, "{}".to_owned()).always();
            lab.sandbox.fail("logins", broken.after(1 + dice.below(20) as u32)).unwrap();
            resumed += u32::from(lab.sync().await.status == Status::Failed);
            lab.sandbox.heal("logins").unwrap();
            clock += i64::try_from(dice.below(3 * DAY as u64)).unwrap();
            happen(&mut dice, clock);
        }
        complete(&lab.sync().await);
        // What happened to parents that an broken walk had left is for the next sync.
        complete(&lab.sync().await);
        let stored = stored(&lab);
        let lost: Vec<_> = there.difference(&stored).collect();
        assert!(lost.is_empty(), "seed {seed}: {lost:?} of {} are missing", there.len());
        clock += i64::try_from(dice.below(2 * DAY as u64)).unwrap();
    }
    resumed
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_a_parent_beyond_the_bound_is_lost() {
    let mut resumed = 0;
    for seed in 0..12 {
        resumed += schedule(seed).await;
    }
    assert!(resumed > 60, "only {resumed} syncs broke off");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parent_that_was_gone_and_is_there_again_is_read_from_the_beginning() {
    let spec = SPEC.replace(
        "    event: children_login",
        "    on_error: [{ status: 404, code: not_found, then: skip_parent }]\n    event: children_login",
    );
    let mut lab = Lab::of(&model(&spec), |sandbox| sandbox.records("teams", 0).records("logins", 0)).await;
    lab.options.resources = Some(vec!["logins".to_owned()]);
    (lab.options.most_frontiers, lab.options.readers) = (1, 1);
    let start = lab.sandbox.now() - 50 * DAY;
    let team = || lab.sandbox.insert("teams", &Change::new()).unwrap();
    // The list has the newest first.
    let (second, first) = (team(), team());
    let login = |team: &str, at| lab.sandbox.insert("logins", &Change::new().of(team).at(at)).unwrap();
    login(&first, start);
    login(&second, start);
    complete(&lab.sync().await);
    let asked: Vec<String> = lab.sandbox.requests().iter().map(|request| request.path.clone()).collect();
    assert_eq!(asked, ["/teams", &format!("/teams/{first}/logins"), &format!("/teams/{second}/logins")]);
    let unseen = login(&second, start + DAY);
    login(&first, start + 20 * DAY);
    for _ in 0..2 {
        lab.sandbox.fail("logins", Fault::Rule(0).once().after(1)).unwrap();
        complete(&lab.sync().await);
        assert!(!stored(&lab).contains(&unseen), "the second team is the one that was gone");
    }
    complete(&lab.sync().await);
    assert!(stored(&lab).contains(&unseen));
}
