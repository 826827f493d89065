// Hides TensorFlow's lines of information.
//
// One of them is logged while libtensorflow_cc is being loaded and heeds no variable of the environment, so
// this addon, linked to libtensorflow_framework alone, is loaded before it and sets the level to warnings.
// SET_MIN_LOG_LEVEL is the mangled name of absl::SetMinLogLevel, which differs from one build to the next.
//
// Source: https://github.com/abseil/abseil-cpp/blob/master/absl/log/globals.h
#include <node_api.h>

extern "C" void SET_MIN_LOG_LEVEL(int level);

static napi_value Init(napi_env, napi_value exports) {
  SET_MIN_LOG_LEVEL(1);  // 0 information, 1 warnings, 2 errors
  return exports;
}

NAPI_MODULE(tf_quiet, Init)
