//! Quotes and orders.

mod purchase;
mod quote;
mod shapes;

use super::{Body, InAccount, Owner, Problem, Problems, Reader, Trail, work};
use crate::server::Shared;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use billing::{Moment, Money};
use quote::{NotPayable, QuoteAnswer, QuoteRequest};
use shapes::{Days, Order, OrderRequest, Orders, PaidOrder};
use std::sync::Arc;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// What a purchase would cost and bring
#[utoipa::path(
    post,
    path = "/accounts/{account}/quotes",
    tag = "orders",
    params(InAccount),
    request_body = QuoteRequest,
    responses((status = 200, description = "The quote, beside the balance.", body = QuoteAnswer), Problems)
)]
async fn quote(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    trail: Trail,
    Body(asked): Body<QuoteRequest>,
) -> Result<Json<QuoteAnswer>, Problem> {
    trail.changes_nothing();
    let account = reader.account;
    let purchase = asked.purchase.into();
    let answer = work(&shared, move |service| {
        let quote = service.quote(account, &purchase)?;
        let view = service.account(account)?;
        let after = view.balance.minus(quote.total).unwrap_or(view.balance);
        Ok::<_, Problem>(QuoteAnswer {
            not_payable: not_payable(view.owed, view.balance, &quote),
            balance: view.balance,
            balance_after: after,
            quote: quote.into(),
        })
    });
    Ok(Json(answer.await?))
}

fn not_payable(owed: Money, balance: Money, quote: &billing::Quote) -> Option<NotPayable> {
    let refusal = if owed > Money::ZERO {
        billing::Refusal::in_arrears(owed, balance)
    } else {
        quote.check_payable(balance, None).err()?
    };
    match refusal {
        billing::Refusal::InArrears {
            owed,
            balance,
            short,
        } => Some(NotPayable::InArrears {
            owed,
            balance,
            short,
        }),
        billing::Refusal::BalanceTooLow {
            needed,
            balance,
            short,
        } => Some(NotPayable::BalanceTooLow {
            needed,
            balance,
            short,
        }),
        _ => None,
    }
}

/// Buy
#[utoipa::path(
    post,
    path = "/accounts/{account}/orders",
    tag = "orders",
    params(InAccount),
    request_body = OrderRequest,
    responses(
        (status = 200, description = "The key's order was paid before; nothing happened now.", body = PaidOrder),
        (status = 201, description = "It is paid and in effect.", body = PaidOrder),
        Problems
    )
)]
async fn order(
    State(shared): State<Arc<Shared>>,
    owner: Owner,
    trail: Trail,
    Body(asked): Body<OrderRequest>,
) -> Result<(StatusCode, Json<PaidOrder>), Problem> {
    let account = owner.account;
    let paid = work(&shared, move |service| {
        let purchase = asked.purchase.into();
        let paid = service.order(account, &purchase, &asked.key, Some(asked.agreed))?;
        match paid.repeated {
            true => trail.changes_nothing(),
            false => trail.detail(format!(
                "{}: {} yuan",
                paid.order.id, paid.order.quote.total
            )),
        }
        Ok::<_, Problem>(paid)
    });
    let paid = paid.await?;
    let status = match paid.repeated {
        true => StatusCode::OK,
        false => StatusCode::CREATED,
    };
    let paid = PaidOrder {
        order: paid.order.into(),
        balance: paid.balance,
        repeated: paid.repeated,
    };
    Ok((status, Json(paid)))
}

/// Orders
#[utoipa::path(
    get,
    path = "/accounts/{account}/orders",
    tag = "orders",
    params(InAccount, Days),
    responses((status = 200, description = "The orders paid on those days.", body = Orders), Problems)
)]
async fn get_orders(
    State(shared): State<Arc<Shared>>,
    reader: Reader,
    Query(days): Query<Days>,
) -> Result<Json<Orders>, Problem> {
    let account = reader.account;
    let orders = work(&shared, move |service| {
        let calendar = service.calendar();
        let from = days
            .from
            .map_or(Moment::default(), |day| calendar.start_of(day));
        let to = days
            .to
            .map_or(Moment::from_unix_ms(i64::MAX), |day| calendar.end_of(day));
        service.orders(account, from, to)
    });
    let orders = orders.await?.into_iter().map(Order::from).collect();
    Ok(Json(Orders { orders }))
}

pub(super) fn operations() -> OpenApiRouter<Arc<Shared>> {
    OpenApiRouter::new()
        .routes(routes!(quote))
        .routes(routes!(order, get_orders))
}
