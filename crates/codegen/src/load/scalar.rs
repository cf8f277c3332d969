//! What a YAML scalar means in JSON: YAML 1.2.2, 10.3 (core schema).

use serde_json::{Number, Value};

/// Why a scalar has no JSON form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoValue {
    /// Infinity or NaN.
    NotFinite,
    /// The text does not fit its tag.
    UnfitForTag,
    /// The tag is none of the core schema's.
    UnknownTag,
}

/// The value of a plain scalar without a tag.
pub(super) fn plain(text: &str) -> Result<Value, NoValue> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    match integer(text) {
        Some(number) => Ok(number),
        None => Ok(float(text)?.unwrap_or_else(|| Value::String(text.to_owned()))),
    }
}

/// The value of a scalar with the core schema's tag `suffix` (`str` in `!!str`).
pub(super) fn tagged(suffix: &str, text: &str) -> Result<Value, NoValue> {
    if suffix == "str" {
        return Ok(Value::String(text.to_owned()));
    }
    let value = plain(text)?;
    let fits = match suffix {
        "null" => value.is_null(),
        "bool" => value.is_boolean(),
        "int" => value.is_i64() || value.is_u64(),
        "float" => value.is_number(),
        _ => return Err(NoValue::UnknownTag),
    };
    if fits {
        Ok(value)
    } else {
        Err(NoValue::UnfitForTag)
    }
}

fn integer(text: &str) -> Option<Value> {
    if let Some(digits) = text.strip_prefix("0o") {
        return radix(digits, 8);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return radix(digits, 16);
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let signed = text.strip_prefix('+').unwrap_or(text);
    let number = match (signed.parse::<i64>(), signed.parse::<u64>()) {
        (Ok(number), _) => Number::from(number),
        (_, Ok(number)) => Number::from(number),
        // Past 64 bits it is what serde_json makes of such a JSON number.
        _ => Number::from_f64(signed.parse().ok()?)?,
    };
    Some(Value::Number(number))
}

fn radix(digits: &str, radix: u32) -> Option<Value> {
    let plain = digits.chars().all(|digit| digit.is_digit(radix));
    plain
        .then(|| u64::from_str_radix(digits, radix).ok())
        .flatten()
        .map(Value::from)
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`, infinities and NaN.
fn float(text: &str) -> Result<Option<Value>, NoValue> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Err(NoValue::NotFinite);
    }
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && is_digits(digits)
    });
    if whole.len() + fraction.len() == 0
        || !is_digits(whole)
        || !is_digits(fraction)
        || !exponent_fits
    {
        return Ok(None);
    }
    match text.parse::<f64>() {
        Ok(number) => Number::from_f64(number)
            .map(|number| Some(Value::Number(number)))
            .ok_or(NoValue::NotFinite),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, value) in [
            ("", json!(null)),
            ("~", json!(null)),
            ("Null", json!(null)),
            ("TRUE", json!(true)),
            ("yes", json!("yes")),
            ("off", json!("off")),
            ("12", json!(12)),
            ("+12", json!(12)),
            ("-0", json!(0)),
            ("0o17", json!(15)),
            ("017", json!(17)),
            ("0x1F", json!(31)),
            ("0x", json!("0x")),
            ("0x+1", json!("0x+1")),
            ("1_000", json!("1_000")),
            ("18446744073709551615", json!(u64::MAX)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            (".", json!(".")),
            ("1e3", json!(1000.0)),
            ("1e", json!("1e")),
            ("e3", json!("e3")),
            ("inf", json!("inf")),
            ("nan", json!("nan")),
            ("2020-01-01", json!("2020-01-01")),
            ("1.2.3", json!("1.2.3")),
            ("3.10", json!(3.1)),
        ] {
            assert_eq!(plain(text), Ok(value), "{text}");
        }
        for text in [".inf", "-.INF", ".nan", "1e999"] {
            assert_eq!(plain(text), Err(NoValue::NotFinite), "{text}");
        }
    }

    #[test]
    fn tags_decide() {
        assert_eq!(tagged("str", "12"), Ok(json!("12")));
        assert_eq!(tagged("float", "12"), Ok(json!(12)));
        assert_eq!(tagged("int", "1.5"), Err(NoValue::UnfitForTag));
        assert_eq!(tagged("binary", "aGk="), Err(NoValue::UnknownTag));
    }
}
