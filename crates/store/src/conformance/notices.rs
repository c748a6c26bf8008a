//! Notices and their ways to webhooks.

use super::cast::{TEXT, add_account, all_bytes, noon, read, write};
use super::people::add_user;
use crate::{DeadLetter, Delivery, DeliveryRecord, NoticeRecord, Store, Webhook};
use billing::{AccountId, Moment};

pub(super) const CASES: &[fn(&Store)] = &[
    an_event_is_told_once,
    notices_come_in_pages,
    what_a_user_has_seen,
    webhooks,
    notices_go_to_every_webhook,
    deliveries_are_tried_again,
    given_up_deliveries,
    what_became_of_deliveries,
    deleted_webhooks_get_nothing,
];

fn minute(number: i64) -> Moment {
    noon().plus_ms(number * 60_000)
}

fn add_webhook(store: &Store, account: AccountId) -> Webhook {
    write(store, |records| {
        let webhook = Webhook {
            id: records.next_webhook()?,
            account,
            url: format!("https://example.com/{TEXT}"),
            sealed: all_bytes(),
            created: noon(),
        };
        records.add_webhook(&webhook)?;
        Ok(webhook)
    })
}

fn tell(store: &Store, account: AccountId, key: &str, at: Moment) -> bool {
    write(store, |records| records.add_notice(account, key, TEXT, at))
}

fn due(store: &Store, now: Moment) -> Vec<Delivery> {
    read(store, |records| records.due_deliveries(now, 100))
}

fn an_event_is_told_once(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    add_webhook(store, account);
    for (account, key, new) in [
        (account, "a", true),
        (account, "a", false),
        (other, "a", true),
        (account, TEXT, true),
        (account, TEXT, false),
    ] {
        assert_eq!(tell(store, account, key, minute(0)), new, "{account} {key}");
    }
    let notice = |id, key: &str| NoticeRecord {
        id,
        account,
        key: key.to_owned(),
        body: TEXT.to_owned(),
        at: minute(0),
    };
    let all = [notice(3, TEXT), notice(1, "a")];
    for most in 0..=3_usize {
        let found = read(store, |records| records.notices(account, most as u64));
        assert_eq!(found, all[..most.min(2)], "the newest {most}");
    }
    assert_eq!(
        read(store, |records| records.notice(3)),
        Some(all[0].clone())
    );
    assert_eq!(read(store, |records| records.notice(4)), None);
    assert_eq!(
        due(store, minute(0)).len(),
        2,
        "no delivery for what was told"
    );
    for (account, key, was_told) in [
        (account, "a", true),
        (account, "b", false),
        (other, TEXT, false),
    ] {
        let found = read(store, |records| records.has_notice(account, key));
        assert_eq!(found, was_told, "{account} {key}");
    }
}

fn notices_come_in_pages(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    for (account, key) in [(account, "1"), (other, "2"), (account, "3"), (account, "4")] {
        tell(store, account, key, minute(0));
    }
    for (before, most, ids) in [
        (9, 9, &[4, 3, 1][..]),
        (9, 2, &[4, 3]),
        (4, 9, &[3, 1]),
        (1, 9, &[]),
        (9, 0, &[]),
    ] {
        let notices = read(store, |records| {
            records.notices_before(account, before, most)
        });
        let found: Vec<u64> = notices.iter().map(|notice| notice.id).collect();
        assert_eq!(found, ids, "{most} before {before}");
        for notice in notices {
            assert_eq!(
                read(store, |records| records.notice(notice.id)),
                Some(notice)
            );
        }
    }
    for (after, count) in [(0, 3), (1, 2), (2, 2), (4, 0), (9, 0)] {
        let found = read(store, |records| records.notices_after(account, after));
        assert_eq!(found, count, "after {after}");
    }
}

fn what_a_user_has_seen(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let [one, two] = ["one", "two"].map(|login| add_user(store, login).id);
    let seen = |user, account| read(store, |records| records.notice_seen(user, account));
    for (notice, is_at) in [(3, 3), (2, 3), (3, 3), (4, 4)] {
        write(store, |records| records.see_notice(one, account, notice));
        assert_eq!(seen(one, account), is_at, "never back");
    }
    assert_eq!((seen(one, other), seen(two, account)), (0, 0));
}

fn webhooks(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let kept = [(); 3].map(|()| add_webhook(store, account));
    let foreign = add_webhook(store, other);
    assert_eq!(kept.clone().map(|webhook| webhook.id), [1, 2, 3]);
    assert_eq!(read(store, |records| records.webhooks(account)), kept);
    write(store, |records| records.delete_webhook(2, noon()));
    let left = [kept[0].clone(), kept[2].clone()];
    assert_eq!(read(store, |records| records.webhooks(account)), left);
    assert_eq!(
        read(store, |records| records.webhook(1)),
        Some(kept[0].clone())
    );
    assert_eq!(read(store, |records| records.webhook(2)), None);
    assert_eq!(read(store, |records| records.webhooks(other)), [foreign]);
}

fn notices_go_to_every_webhook(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let webhooks = [(); 2].map(|()| add_webhook(store, account));
    add_webhook(store, other);
    tell(store, account, "b", minute(2));
    tell(store, account, "a", minute(1));
    let delivery = |id, webhook: &Webhook, notice| Delivery {
        id,
        webhook: webhook.id,
        notice,
        attempts: 0,
    };
    let all = [
        delivery(3, &webhooks[0], 2),
        delivery(4, &webhooks[1], 2),
        delivery(1, &webhooks[0], 1),
        delivery(2, &webhooks[1], 1),
    ];
    for (now, count) in [(0, 0), (1, 2), (2, 4)] {
        assert_eq!(due(store, minute(now)), all[..count], "minute {now}");
    }
    let found = read(store, |records| records.due_deliveries(minute(9), 3));
    assert_eq!(found, all[..3], "the longest due first");
}

fn deliveries_are_tried_again(store: &Store) {
    let account = add_account(store);
    let webhook = add_webhook(store, account).id;
    tell(store, account, "a", minute(0));
    let delivery = |attempts| Delivery {
        id: 1,
        webhook,
        notice: 1,
        attempts,
    };
    assert_eq!(due(store, minute(0)), [delivery(0)]);
    write(store, |records| {
        records.delivery_failed(1, TEXT, Some(minute(5)))
    });
    assert_eq!(due(store, minute(4)), []);
    assert_eq!(due(store, minute(5)), [delivery(1)]);
    assert_eq!(read(store, |records| records.dead_letters(account)), []);
    write(store, |records| records.delivered(1, minute(6)));
    assert_eq!(due(store, minute(99)), []);
    assert_eq!(read(store, |records| records.dead_letters(account)), []);
    let revived = write(store, |records| records.revive_delivery(1, minute(7)));
    assert!(!revived, "what arrived is not sent again");
    // A second one by hand: the number is told.
    let second = write(store, |records| records.add_delivery(webhook, 1, minute(8)));
    assert_eq!(second, 2);
    assert_eq!(
        due(store, minute(8)),
        [Delivery {
            id: 2,
            ..delivery(0)
        }]
    );
}

fn given_up_deliveries(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let webhook = add_webhook(store, account);
    add_webhook(store, other);
    for key in ["a", "b"] {
        tell(store, account, key, minute(0));
    }
    for id in [1, 2] {
        write(store, |records| {
            records.delivery_failed(id, "first", Some(minute(1)))
        });
        write(store, |records| records.delivery_failed(id, TEXT, None));
    }
    let letter = |id| DeadLetter {
        delivery: Delivery {
            id,
            webhook: webhook.id,
            notice: id,
            attempts: 2,
        },
        url: webhook.url.clone(),
        last_error: TEXT.to_owned(),
    };
    let found = read(store, |records| records.dead_letters(account));
    assert_eq!(found, [letter(2), letter(1)], "the newest first");
    assert_eq!(read(store, |records| records.dead_letters(other)), []);
    assert_eq!(due(store, minute(99)), []);

    for (id, revived) in [(1, true), (1, false), (9, false)] {
        let found = write(store, |records| records.revive_delivery(id, minute(9)));
        assert_eq!(found, revived, "delivery {id}");
    }
    assert_eq!(
        read(store, |records| records.dead_letters(account)),
        [letter(2)]
    );
    let again = Delivery {
        attempts: 0,
        ..letter(1).delivery
    };
    assert_eq!(due(store, minute(9)), [again], "with its attempts anew");
}

fn what_became_of_deliveries(store: &Store) {
    let account = add_account(store);
    let [webhook, other] = [(); 2].map(|()| add_webhook(store, account).id);
    for key in ["a", TEXT, "c"] {
        tell(store, account, key, minute(0));
    }
    // Those of the first webhook are 1, 3 and 5.
    write(store, |records| {
        records.delivery_failed(1, TEXT, Some(minute(5)))?;
        records.delivery_failed(3, "refused", None)?;
        records.delivered(5, minute(1))
    });
    let record = |id, notice, key: &str, attempts| DeliveryRecord {
        delivery: Delivery {
            id,
            webhook,
            notice,
            attempts,
        },
        notice_key: key.to_owned(),
        next_at: None,
        delivered: None,
        last_error: String::new(),
    };
    let all = [
        DeliveryRecord {
            delivered: Some(minute(1)),
            ..record(5, 3, "c", 0)
        },
        DeliveryRecord {
            last_error: "refused".to_owned(),
            ..record(3, 2, TEXT, 1)
        },
        DeliveryRecord {
            next_at: Some(minute(5)),
            last_error: TEXT.to_owned(),
            ..record(1, 1, "a", 1)
        },
    ];
    for most in 0..=4_usize {
        let found = read(store, |records| records.deliveries(webhook, most as u64));
        assert_eq!(found, all[..most.min(3)], "the newest {most}");
    }
    let others = read(store, |records| records.deliveries(other, 9));
    let ids: Vec<u64> = others.iter().map(|record| record.delivery.id).collect();
    assert_eq!(ids, [6, 4, 2]);
    let due_at: Vec<_> = others.iter().map(|record| record.next_at).collect();
    assert_eq!(due_at, [Some(minute(0)); 3]);
}

fn deleted_webhooks_get_nothing(store: &Store) {
    let account = add_account(store);
    let (gone, kept) = (add_webhook(store, account), add_webhook(store, account));
    tell(store, account, "a", minute(0));
    tell(store, account, "b", minute(0));
    write(store, |records| records.delivery_failed(3, "refused", None));
    write(store, |records| records.delete_webhook(gone.id, minute(1)));
    tell(store, account, "c", minute(2));
    let to: Vec<u64> = due(store, minute(9))
        .iter()
        .map(|delivery| delivery.webhook)
        .collect();
    assert_eq!(to, [kept.id, kept.id, kept.id]);
    assert_eq!(read(store, |records| records.dead_letters(account)), []);
}
