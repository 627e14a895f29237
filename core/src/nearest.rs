//! The nearest valid name for a mistyped one.

/// The fewest characters in common that make a beginning worth a suggestion.
const PREFIX: usize = 4;

/// The candidate that the text was probably meant to be; none when nothing is near.
///
/// Near means: at most one slip for each three characters, letter case aside, or else one of the two begins with the
/// other: `cidrBlock` is near `cidr`. Of equals the first one wins.
pub(crate) fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest_among(text, &mut candidates.into_iter())
}

/// The same for any iterator, by code that is there once.
fn nearest_among<'a>(text: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.to_ascii_lowercase();
    let length = text.chars().count();
    let mut best: Option<(usize, &str)> = None;
    let mut beginning: Option<&str> = None;
    for candidate in candidates {
        let lower = candidate.to_ascii_lowercase();
        if beginning.is_none()
            && lower.len().min(length) >= PREFIX
            && (lower.starts_with(&text) || text.starts_with(&lower))
        {
            beginning = Some(candidate);
        }
        let limit = best.map_or(length.max(candidate.len()).div_ceil(3), |(distance, _)| distance.saturating_sub(1));
        // The difference of the lengths is a lower bound, and spares most candidates the full comparison.
        if length.abs_diff(candidate.chars().count()) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&text, &lower);
        if distance <= limit && best.is_none_or(|(before, _)| distance < before) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate).or(beginning)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_of_the_keyboard() {
        let names = ["routeTables", "subnets", "natGateways"];
        assert_eq!(nearest("routeTabels", names), Some("routeTables"));
        assert_eq!(nearest("subnet", names), Some("subnets"));
        assert_eq!(nearest("NATGATEWAYS", names), Some("natGateways"));
        assert_eq!(nearest("cidrBlock", ["vpc", "cidr", "ipv6Cidr"]), Some("cidr"));
    }

    #[test]
    fn says_nothing_when_nothing_is_near() {
        assert_eq!(nearest("lambda", ["routeTables", "subnets"]), None);
        assert_eq!(nearest("x", []), None);
    }

    #[test]
    fn prefers_the_first_of_equals() {
        assert_eq!(nearest("subnet-c", ["subnet-a", "subnet-b"]), Some("subnet-a"));
    }
}
