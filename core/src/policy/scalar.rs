//! Values of conditions: numbers, dates, blocks of addresses.

use std::cmp::Ordering;
use std::net::IpAddr;

use ipnet::IpNet;

use crate::address;
use crate::query::Family;
use crate::texts;

/// A decimal number in text, compared without rounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal<'t> {
    negative: bool,
    /// Digits before the point without leading zeros.
    whole: &'t str,
    /// Digits behind the point without trailing zeros.
    fraction: &'t str,
}

impl<'t> Decimal<'t> {
    /// `-12.50`; none for anything else, such as an exponent.
    pub(super) fn read(text: &'t str) -> Option<Decimal<'t>> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let negative = negative && !(whole.is_empty() && fraction.is_empty());
        Some(Decimal { negative, whole, fraction })
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = (self.whole.len(), self.whole, self.fraction);
        let others = (other.whole.len(), other.whole, other.fraction);
        match (self.negative, other.negative) {
            (false, false) => size.cmp(&others),
            (true, true) => others.cmp(&size),
            (one, two) => two.cmp(&one),
        }
    }
}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A point in time: seconds since 1970 in UTC, and the digits of their fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Instant<'t>(i64, &'t str);

impl<'t> Instant<'t> {
    /// A date of ISO 8601 in W3C's profile (`2026`, `2026-06`, `2026-06-01`, `2026-06-01T12:00Z`,
    /// `2026-06-01T12:00:00.5+09:00`), or seconds since 1970.
    pub(super) fn read(text: &'t str) -> Option<Instant<'t>> {
        // Four digits are a year.
        let (seconds, fraction) = text.split_once('.').unwrap_or((text, ""));
        if seconds.len() > 4 && seconds.len() < 16 && [seconds, fraction].iter().all(|part| is_digits(part)) {
            return Some(Instant(texts::number(seconds)?, fraction.trim_end_matches('0')));
        }
        let mut left = Clock(text);
        let year = left.number(4)?;
        let month = if left.takes(b"-") { left.number(2)? } else { 1 };
        let is_whole = left.0.starts_with('-');
        let day = if left.takes(b"-") { left.number(2)? } else { 1 };
        if !(1..=12).contains(&month) || !(1..=days_of(year, month)).contains(&day) {
            return None;
        }
        let mut seconds = days_since_1970(year, month, day) * 86_400;
        let mut fraction = "";
        if is_whole && left.takes(b"Tt") {
            seconds += left.time()?;
            if left.takes(b".") {
                fraction = left.digits();
            }
            seconds -= left.offset()?;
        }
        left.0.is_empty().then(|| Instant(seconds, fraction.trim_end_matches('0')))
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// What is left to read of a date.
struct Clock<'t>(&'t str);

impl<'t> Clock<'t> {
    /// What stands before a place, behind which it goes on.
    fn go(&mut self, to: usize) -> Option<&'t str> {
        let (before, behind) = self.0.split_at_checked(to)?;
        self.0 = behind;
        Some(before)
    }

    /// Goes behind one of those characters, where one is next.
    fn takes(&mut self, any: &[u8]) -> bool {
        let is_next = self.0.bytes().next().is_some_and(|byte| any.contains(&byte));
        is_next && self.go(1).is_some()
    }

    /// A number of so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let text = self.go(digits)?;
        texts::number(text).filter(|_| is_digits(text))
    }

    /// The digits that are next, of which there may be none.
    fn digits(&mut self) -> &'t str {
        let count = self.0.bytes().take_while(u8::is_ascii_digit).count();
        self.go(count).unwrap_or_default()
    }

    /// `hh:mm`: hours and minutes.
    fn hours(&mut self) -> Option<(i64, i64)> {
        let hours = self.number(2)?;
        if self.takes(b":") { Some((hours, self.number(2)?)) } else { None }
    }

    /// `hh:mm` or `hh:mm:ss`, in seconds.
    fn time(&mut self) -> Option<i64> {
        let (hours, minutes) = self.hours()?;
        let seconds = if self.takes(b":") { self.number(2)? } else { 0 };
        (hours < 24 && minutes < 60 && seconds < 61).then_some(hours * 3600 + minutes * 60 + seconds)
    }

    /// `Z`, or an offset from UTC, in seconds.
    fn offset(&mut self) -> Option<i64> {
        if self.takes(b"Zz") {
            return Some(0);
        }
        let sign = if self.takes(b"+") { 1 } else { -1 };
        if sign < 0 && !self.takes(b"-") {
            return None;
        }
        let (hours, minutes) = self.hours()?;
        Some(sign * (hours * 3600 + minutes * 60))
    }
}

fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let leap_days = |year: i64| year / 4 - year / 100 + year / 400;
    let years = (year - 1970) * 365 + leap_days(before.max(0)) - leap_days(1969);
    let months: i64 = (1..month).map(|month| days_of(year, month)).sum();
    years + months + day - 1
}

/// A block of addresses, or one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) family: Family,
    pub(super) first: u128,
    pub(super) last: u128,
    pub(super) prefix: u8,
}

impl Block {
    /// `10.0.0.0/8`, `2001:db8::1`; bits behind the prefix do not count.
    pub(super) fn read(text: &str) -> Option<Block> {
        let block = match address::read_block(text) {
            Some(block) => block,
            None => IpNet::from(text.parse::<IpAddr>().ok()?),
        };
        let (first, last) = address::range_of(&block);
        Some(Block { family: address::family_of_block(&block), first, last, prefix: block.prefix_len() })
    }

    pub(super) fn contains(&self, address: IpAddr) -> bool {
        self.family == address::family_of(address) && (self.first..=self.last).contains(&address::number_of(address))
    }
}

/// `true` or `false` in any letter case.
pub(super) fn read_boolean(text: &str) -> Option<bool> {
    if text.eq_ignore_ascii_case("true") {
        Some(true)
    } else if text.eq_ignore_ascii_case("false") {
        Some(false)
    } else {
        None
    }
}

/// Whether a text can be base64.
pub(super) fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len() - body.len() <= 2 && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

/// Whether a number of JSON has neither a point nor an exponent.
pub(super) fn is_whole(numeral: &str) -> bool {
    numeral.bytes().all(|byte| !matches!(byte, b'.' | b'e'))
}

/// A number of JSON as a decimal text; none where six digits behind the point do not hold it.
pub(super) fn number_text(numeral: &str) -> Option<String> {
    let numeral = numeral.to_ascii_lowercase();
    if is_whole(&numeral) {
        return Some(numeral);
    }
    let (mantissa, exponent) = numeral.split_once('e').unwrap_or((&numeral, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let size = exponent.strip_prefix('-').unwrap_or(exponent);
    let size: i32 = texts::number(size).filter(|size| *size <= 30)?;
    let exponent = if exponent.starts_with('-') { -size } else { size };
    let digits = [whole, fraction].concat();
    let length = i32::try_from(digits.len()).ok()?;
    let point = length - i32::try_from(fraction.len()).ok()? + exponent;
    let last = point + 6;
    // Before the digits and behind them are zeros.
    let digit = |at: i32| {
        let digit = usize::try_from(at).ok().and_then(|at| digits.as_bytes().get(at));
        digit.map_or('0', |digit| char::from(*digit))
    };
    if last - 30 > length || (last..length).any(|at| digit(at) != '0') {
        return None;
    }
    let mut text = sign.to_owned();
    // Zeros do not lead, but for one right before the point.
    let first = (0..point).find(|at| digit(*at) != '0').unwrap_or(point - 1);
    for at in first..last {
        if at == point {
            text.push('.');
        }
        text.push(digit(at));
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal<'_> {
        Decimal::read(text).unwrap()
    }

    #[test]
    fn decimals_compare_without_rounding() {
        assert_eq!(decimal("10"), decimal("010.0"));
        assert_eq!(decimal("-0"), decimal("0.00"));
        let ordered =
            ["-10.5", "-10", "-9.99", "-0.1", "0", "0.05", "0.1", "9", "10", "10.000000000000000000001", "11"];
        for pair in ordered.windows(2) {
            assert!(decimal(pair[0]) < decimal(pair[1]), "{pair:?}");
        }
        for text in ["", ".", "-", "1e3", "ten", "1.2.3", "0x10", "1,000", " 1"] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }

    #[test]
    fn dates_are_points_in_time() {
        fn at(text: &str) -> Instant<'_> {
            Instant::read(text).unwrap()
        }
        assert_eq!(at("1970-01-01T00:00:00Z"), at("1970"));
        assert_eq!(at("2026-06-01T12:00:00Z"), at("1780315200"));
        assert_eq!(at("2026-06-01T21:00+09:00"), at("2026-06-01T12:00:00.000Z"));
        assert_eq!(at("2026-05-31T23:30:00-01:30"), at("2026-06-01T01:00Z"));
        assert_eq!(at("2000-03-01"), at("951868800"));
        assert_eq!(at("1600-03-01T00:00:00Z").0, -11_670_912_000);
        assert!(at("2026-06-01T12:00:00.5Z") > at("2026-06-01T12:00:00Z"));
        assert!(at("2026-06-01T12:00:00.5Z") < at("2026-06-01T12:00:00.51Z"));
        for text in [
            "",
            "noon",
            "2026-13-01",
            "2026-02-29",
            "2026-6-1",
            "2026-06-01T12:00",
            "2026-06-01T24:00Z",
            "2026-06T12:00Z",
            "2026-06-01 12:00Z",
            "1e9",
            "2026-06-01-01",
        ] {
            assert_eq!(Instant::read(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_of_json_become_text() {
        let text = number_text;
        assert_eq!(text("10").as_deref(), Some("10"));
        assert_eq!(text("-3").as_deref(), Some("-3"));
        assert_eq!(text("1.5").as_deref(), Some("1.500000"));
        assert_eq!(text("-0.1").as_deref(), Some("-0.100000"));
        assert_eq!(text("1.25e3").as_deref(), Some("1250.000000"));
        assert_eq!(text("1e300"), None);
        assert_eq!(text("0.00000012"), None);
    }
}
