//! Drives `vpcreach_tests::fuzz::document_text`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Err(message) = vpcreach_tests::fuzz::document_text(data) {
        panic!("{message}");
    }
});
