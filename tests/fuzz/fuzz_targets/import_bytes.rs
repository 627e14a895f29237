//! Drives `vpcreach_tests::fuzz::import_bytes`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::import_bytes(data) {
        panic!("{message}");
    }
});
