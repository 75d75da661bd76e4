//! The FIT crates, each as its documentation shows it and as gently as it can be used: record by record, without the
//! checksums, so that what was read before an error is kept.

use fitparser::de::{DecodeOption, FitObject, FitStreamProcessor};
use fitparser::profile::MesgNum;
use rustyfit::proto::Value;
use rustyfit::{Decoder, DecoderEvent, StreamingIterator};

use crate::columns::Columns;

/// Degrees of one semicircle, the unit of positions in FIT.
const DEGREES: f64 = 180.0 / 2_147_483_648.0;

pub(crate) fn fitparser(bytes: &[u8]) -> (Columns, Option<String>) {
    let mut columns = Columns::default();
    match fitparser::from_bytes(bytes) {
        Ok(messages) => messages.iter().for_each(|message| push(&mut columns, message)),
        Err(error) => return (columns, Some(error.to_string())),
    }
    (columns, None)
}

pub(crate) fn fitparser_lenient(mut bytes: &[u8]) -> (Columns, Option<String>) {
    let mut columns = Columns::default();
    let mut processor = FitStreamProcessor::new();
    processor.add_option(DecodeOption::SkipHeaderCrcValidation);
    processor.add_option(DecodeOption::SkipDataCrcValidation);
    while !bytes.is_empty() {
        let decoded = processor.deserialize_next(bytes).and_then(|(rest, object)| {
            match object {
                FitObject::Crc(..) => processor.reset(),
                FitObject::DataMessage(message) => push(&mut columns, &processor.decode_message(message)?),
                FitObject::Header(..) | FitObject::DefinitionMessage(..) => {}
            }
            Ok(rest)
        });
        match decoded {
            Ok(rest) => bytes = rest,
            Err(error) => return (columns, Some(error.to_string())),
        }
    }
    (columns, None)
}

fn push(columns: &mut Columns, message: &fitparser::FitDataRecord) {
    if message.kind() != MesgNum::Record {
        return;
    }
    let (mut time_s, mut distance_m, mut lat, mut lon, mut heart_rate) =
        (f64::NAN, f64::NAN, f64::NAN, f64::NAN, false);
    for field in message.fields() {
        match (field.name(), field.value()) {
            ("timestamp", fitparser::Value::Timestamp(moment)) => time_s = moment.timestamp() as f64,
            ("distance", fitparser::Value::Float64(metres)) => distance_m = *metres,
            ("position_lat", fitparser::Value::SInt32(value)) => lat = f64::from(*value) * DEGREES,
            ("position_long", fitparser::Value::SInt32(value)) => lon = f64::from(*value) * DEGREES,
            ("heart_rate", fitparser::Value::UInt8(beats)) => heart_rate = *beats > 0,
            _ => {}
        }
    }
    columns.push(time_s, distance_m, (lat, lon), heart_rate);
}

pub(crate) fn rustyfit(bytes: &[u8]) -> (Columns, Option<String>) {
    streamed(Decoder::new(), bytes)
}

pub(crate) fn rustyfit_lenient(bytes: &[u8]) -> (Columns, Option<String>) {
    streamed(Decoder::builder().checksum(false).build(), bytes)
}

/// By events, which is rustyfit's quickest way and keeps what came before an error.
fn streamed(mut decoder: Decoder, bytes: &[u8]) -> (Columns, Option<String>) {
    let mut columns = Columns::default();
    let mut stream = decoder.stream(bytes);
    while let Some(event) = stream.next() {
        match event {
            Ok(DecoderEvent::Message(message)) if message.num.0 == 20 => push_fields(&mut columns, message),
            Ok(_) => {}
            Err(error) => return (columns, Some(format!("{error:?}"))),
        }
    }
    (columns, None)
}

fn push_fields(columns: &mut Columns, message: &rustyfit::proto::Message) {
    let (mut time_s, mut distance_m, mut lat, mut lon, mut heart_rate) =
        (f64::NAN, f64::NAN, f64::NAN, f64::NAN, false);
    for field in &message.fields {
        match (field.num, &field.value) {
            (253, Value::Uint32(seconds)) => time_s = f64::from(*seconds),
            (5, Value::Uint32(value)) if *value != u32::MAX => distance_m = f64::from(*value) / 100.0,
            (0, Value::Int32(value)) if *value != i32::MAX => lat = f64::from(*value) * DEGREES,
            (1, Value::Int32(value)) if *value != i32::MAX => lon = f64::from(*value) * DEGREES,
            (3, Value::Uint8(beats)) => heart_rate = (1..255).contains(beats),
            _ => {}
        }
    }
    columns.push(time_s, distance_m, (lat, lon), heart_rate);
}
