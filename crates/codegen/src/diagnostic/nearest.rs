//! Which name was meant by one that is not known.

/// The candidate most like `name`, if one is.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    candidates
        .map(|near| {
            (
                distance(&name.to_ascii_lowercase(), &near.to_ascii_lowercase()),
                near,
            )
        })
        .filter(|(distance, near)| *distance <= near.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

/// Levenshtein's distance, of words that differ little in length; else a large number.
fn distance(left: &str, right: &str) -> usize {
    if left.len().abs_diff(right.len()) > 3 {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=right.chars().count()).collect();
    for (index, a) in left.chars().enumerate() {
        let mut before = index;
        let mut left_of = index + 1;
        for (b, slot) in right.chars().zip(row.iter_mut().skip(1)) {
            let substituted = before + usize::from(a != b);
            before = *slot;
            *slot = substituted.min(before + 1).min(left_of + 1);
            left_of = *slot;
        }
        if let Some(first) = row.first_mut() {
            *first = index + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_offered() {
        let near = |name| nearest(name, ["properties", "maxLength", "minLength"].into_iter());
        assert_eq!(near("propertys"), Some("properties"));
        assert_eq!(near("maxlength"), Some("maxLength"));
        assert_eq!(near("minLenght"), Some("minLength"));
        assert_eq!(near("foo"), None);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
