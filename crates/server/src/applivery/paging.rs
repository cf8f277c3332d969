//! Pages of lists, and the order that a list is asked for in.

use std::cmp::Ordering;

/// Which page is asked for, and how much it holds at most. The contract bounds both, so that all here fits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paging {
    pub(super) page: i64,
    pub(super) limit: i64,
}

impl Paging {
    /// How much comes before the page.
    pub(super) fn offset(self) -> u32 {
        let before = self.page.saturating_sub(1).saturating_mul(self.limit);
        u32::try_from(before).unwrap_or(u32::MAX)
    }

    /// How much the page holds at most.
    pub(super) fn limit(self) -> u32 {
        u32::try_from(self.limit).unwrap_or(u32::MAX)
    }

    /// How many pages a list of `total` has; an empty one has one.
    pub(super) fn pages(self, total: u64) -> i64 {
        let total = i64::try_from(total).unwrap_or(i64::MAX);
        let limit = self.limit.max(1);
        (total / limit + i64::from(total % limit > 0)).max(1)
    }

    /// The part of `all` that is on the page.
    pub(super) fn cut<T>(self, all: Vec<T>) -> Vec<T> {
        let (offset, limit) = (self.offset(), self.limit());
        all.into_iter()
            .skip(usize::try_from(offset).unwrap_or(usize::MAX))
            .take(usize::try_from(limit).unwrap_or(usize::MAX))
            .collect()
    }
}

/// Writes a page of a list in the vendor's envelope: the answer's model, the page's, and what it holds of how much.
macro_rules! page {
    ($response:ident, $page:ident, $paging:expr, $total:expr, $items:expr) => {{
        let (paging, total): (Paging, u64) = ($paging, $total);
        let pages = paging.pages(total);
        $response {
            status: true,
            data: $page {
                items: $items,
                page: paging.page,
                limit: paging.limit,
                total_docs: i64::try_from(total).unwrap_or(i64::MAX),
                total_pages: pages,
                has_prev_page: paging.page > 1,
                has_next_page: paging.page < pages,
            },
        }
    }};
}
pub(super) use page;

/// The order that a list is asked for in: a member, and which way.
#[derive(Debug, PartialEq)]
pub(super) struct Sort<'a> {
    pub(super) member: &'a str,
    descending: bool,
}

impl<'a> Sort<'a> {
    /// Reads what the contract's pattern lets through.
    pub(super) fn read(text: &'a str) -> Self {
        let (member, way) = text.split_once(':').unwrap_or((text, "asc"));
        Self {
            member,
            descending: way == "desc",
        }
    }

    /// `order`, the other way around if that was asked for.
    pub(super) const fn turn(&self, order: Ordering) -> Ordering {
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_and_cut() {
        let paging = |page, limit| Paging { page, limit };
        assert_eq!(paging(1, 20).pages(0), 1);
        assert_eq!(paging(1, 20).pages(20), 1);
        assert_eq!(paging(1, 20).pages(21), 2);
        assert_eq!(paging(2, 2).cut(vec![1, 2, 3]), [3]);
        assert_eq!(paging(3, 2).cut(vec![1, 2, 3]), [0; 0]);
        assert_eq!(paging(1_000_000, 100).offset(), 99_999_900);
    }

    #[test]
    fn an_order_is_a_member_and_a_way() {
        let sort = |member, descending| Sort { member, descending };
        assert_eq!(Sort::read("name:desc"), sort("name", true));
        assert_eq!(Sort::read("name:asc"), sort("name", false));
        assert_eq!(Sort::read("name"), sort("name", false));
        assert_eq!(Sort::read(":desc"), sort("", true));
        assert_eq!(Sort::read(""), sort("", false));
    }
}
