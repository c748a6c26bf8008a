//! Campaign pages, consents, and what an operator asks of all accounts together.

use super::cast::{TEXT, add_account, add_activity, call, charge_all, licensed, noon, read, write};
use crate::{Campaign, Consent, Material, ReviewQueue, Store};
use billing::{AccountId, ActivityId, Degree, MaterialId, MaterialStatus};

pub(super) const CASES: &[fn(&Store)] = &[
    a_page_is_written_over,
    no_two_pages_have_a_name,
    consents_come_in_pages,
    materials_are_looked_through_in_pages,
    calls_of_all_accounts,
];

fn page(activity: ActivityId, slug: &str) -> Campaign {
    Campaign {
        activity,
        slug: slug.to_owned(),
        published: false,
        body: TEXT.to_owned(),
        cover: String::new(),
        updated: noon(),
    }
}

fn a_page_is_written_over(store: &Store) {
    let activity = add_activity(store, add_account(store));
    assert_eq!(read(store, |records| records.campaign(activity)), None);
    let first = page(activity, "spring");
    let second = Campaign {
        slug: "autumn".to_owned(),
        published: true,
        cover: "covers/1.jpg".to_owned(),
        updated: noon().plus_ms(1),
        ..first.clone()
    };
    for campaign in [first, second] {
        write(store, |records| records.set_campaign(&campaign));
        let of_activity = read(store, |records| records.campaign(activity));
        let of_slug = read(store, |records| records.campaign_by_slug(&campaign.slug));
        assert_eq!(
            (of_activity, of_slug),
            (Some(campaign.clone()), Some(campaign))
        );
    }
    assert_eq!(
        read(store, |records| records.campaign_by_slug("spring")),
        None
    );
    write(store, |records| records.remove_campaign(activity));
    assert_eq!(read(store, |records| records.campaign(activity)), None);
}

fn no_two_pages_have_a_name(store: &Store) {
    let account = add_account(store);
    let (one, other) = (add_activity(store, account), add_activity(store, account));
    write(store, |records| records.set_campaign(&page(one, "spring")));
    let taken = store.write(|records| records.set_campaign(&page(other, "spring")));
    assert!(taken.is_err());
    let holder = read(store, |records| records.campaign_by_slug("spring"));
    assert_eq!(holder.map(|page| page.activity), Some(one));
}

fn consents_come_in_pages(store: &Store) {
    let account = add_account(store);
    let (activity, other) = (add_activity(store, account), add_activity(store, account));
    // Two at one moment, which their ids put in order.
    for (id, of, ms) in [
        ("a", activity, 5),
        ("c", activity, 9),
        ("b", activity, 9),
        ("d", other, 7),
    ] {
        let consent = Consent {
            id: id.to_owned(),
            activity: of,
            at: noon().plus_ms(ms),
            text_digest: [7; 32],
            visitor: [255; 32],
        };
        write(store, |records| records.add_consent(&consent));
        assert_eq!(read(store, |records| records.consent(id)), Some(consent));
    }
    assert_eq!(read(store, |records| records.consent("e")), None);
    assert_eq!(read(store, |records| records.consent_count(activity)), 3);
    let mut seen = Vec::new();
    let mut last: Option<Consent> = None;
    loop {
        let found = read(store, |records| {
            records.consents(activity, last.as_ref(), 1)
        });
        let Some(consent) = found.into_iter().next() else {
            break;
        };
        seen.push(consent.id.clone());
        last = Some(consent);
    }
    assert_eq!(seen, ["b", "c", "a"]);
}

fn add_material(
    store: &Store,
    activity: ActivityId,
    status: MaterialStatus,
    ms: i64,
) -> MaterialId {
    write(store, |records| {
        let id = records.next_material(activity)?;
        records.add_material(&Material {
            id,
            name: TEXT.to_owned(),
            object: format!("materials/{id}"),
            status,
            review: "{}".to_owned(),
            reason: String::new(),
            feature_degree: Degree::HALF,
            shape_degree: Degree::HALF,
            created: noon(),
            updated: noon().plus_ms(ms),
        })?;
        Ok(id)
    })
}

fn materials_are_looked_through_in_pages(store: &Store) {
    let (one, other) = (add_account(store), add_account(store));
    let (one, other) = (add_activity(store, one), add_activity(store, other));
    let late = add_material(store, one, MaterialStatus::Appealed, 9);
    let early = add_material(store, other, MaterialStatus::Appealed, 3);
    let refused = add_material(store, one, MaterialStatus::RejectedByMachine, 5);
    let usable = add_material(store, other, MaterialStatus::PassedByMachine, 5);
    let gone = add_material(store, one, MaterialStatus::Appealed, 1);
    write(store, |records| records.delete_material(gone, noon()));
    for (queue, expected) in [
        (ReviewQueue::Appealed, vec![early, late]),
        (ReviewQueue::Refused, vec![refused]),
        (ReviewQueue::All, vec![late, usable, refused, early]),
    ] {
        for most in [1, 2, 9] {
            let mut seen = Vec::new();
            let mut after = None;
            loop {
                let found = read(store, |records| records.review_queue(queue, after, most));
                let Some(last) = found.last() else {
                    break;
                };
                after = Some((last.updated, last.id.serial));
                seen.extend(found.iter().map(|material| material.id));
            }
            assert_eq!(seen, expected, "{queue:?} by {most}");
        }
    }
    let counts = read(store, |records| records.material_counts());
    assert_eq!(counts, [(3, 2), (21, 1), (22, 1)]);
}

fn calls_of_all_accounts(store: &Store) {
    let hour = noon();
    let owners: [(AccountId, ActivityId); 2] = [licensed(store), licensed(store)];
    let mut number = 0;
    for (index, (account, activity)) in owners.into_iter().enumerate() {
        for _ in 0..=index {
            number += 1;
            charge_all(store, &[call(number, account, activity)], hour);
        }
    }
    let (from, to) = (hour.plus_ms(-3_600_000), hour.plus_ms(3_600_000));
    let by_account = read(store, |records| records.counted_by_account(from, to));
    assert_eq!(by_account, [(owners[0].0, 1), (owners[1].0, 2)]);
    let by_hour = read(store, |records| records.counted_by_hour(from, to));
    assert_eq!(by_hour.iter().map(|(_, calls)| calls).sum::<u64>(), 3);
    assert_eq!(by_hour.len(), 1);
    let before = read(store, |records| {
        records.counted_by_hour(from.plus_ms(-3_600_000), from)
    });
    assert_eq!(before, []);
    let activities = read(store, |records| records.activity_counts());
    assert_eq!(activities, [(owners[0].0, 1), (owners[1].0, 1)]);
}
