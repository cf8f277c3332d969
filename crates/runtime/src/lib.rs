//! What generated servers stand on: decoding, validation, security, rejections, responses
