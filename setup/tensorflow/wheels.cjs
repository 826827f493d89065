/**
 * Which file of the Python package index brings TensorFlow to which machine, and what of it is kept.
 *
 * A wheel is a zip file. The ones for Python 3.11 are taken, whatever the reader's own Python is: the
 * libraries in them know nothing of Python. To renew: the name, size and SHA-256 of the new files, then the
 * headers (g++ -MM on the two sources of the addon names them).
 *
 * Source: https://packaging.python.org/en/latest/specifications/binary-distribution-format/
 */
"use strict";

const version = "2.21.0";

/** The names of the two libraries; the second is needed by the first. */
const LINUX = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"];
const MACOS = ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"];

/** By platform and processor; `unpacked` and `kept` are the bytes of the libraries, with and without symbols. */
const wheels = {
  "linux-x64": {
    project: "tensorflow-cpu",
    file: "tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl",
    bytes: 273829956,
    sha256: "2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c",
    libraries: LINUX,
    unpacked: 853308936,
    kept: 634431336,
  },
  // The next two are fetched and built by the same recipe, which was not tried on such machines.
  "linux-arm64": {
    project: "tensorflow",
    file: "tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl",
    bytes: 281828020,
    sha256: "4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c",
    libraries: LINUX,
    unpacked: 883062208,
    kept: 883062208,
  },
  "darwin-arm64": {
    project: "tensorflow",
    file: "tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl",
    bytes: 223405849,
    sha256: "51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88",
    libraries: MACOS,
    unpacked: 740805624,
    kept: 740805624,
  },
};

/** What the addon's two sources include, directly or not. */
const headers = [
  "tensorflow/c/c_api.h",
  "tensorflow/c/c_api_macros.h",
  "tensorflow/c/eager/c_api.h",
  "tensorflow/c/tf_attrtype.h",
  "tensorflow/c/tf_buffer.h",
  "tensorflow/c/tf_datatype.h",
  "tensorflow/c/tf_status.h",
  "tensorflow/c/tf_tensor.h",
  "tensorflow/c/tf_tstring.h",
  "tensorflow/core/platform/ctstring.h",
  "tensorflow/core/platform/ctstring_internal.h",
  "tsl/platform/ctstring.h",
  "tsl/platform/ctstring_internal.h",
  "xla/tsl/c/tsl_status.h",
];

module.exports = { headers, version, wheels };
