// Loads TensorFlow's two libraries, silently and for good; to be loaded before the addon that uses them.
//
// A notice is written by a static initialiser of libtensorflow_framework, before any call can reach its log. So
// this addon is not linked to it, but opens it while file descriptor 2 leads elsewhere, and raises the level of its
// log at once. Both libraries stay when a worker thread ends that loaded them: loaded a second time, they would end
// the process, for they register the same names again.
//
// SET_MIN_LOG_LEVEL is the mangled name of absl::SetMinLogLevel, which differs from one build to the next.
//
// Source: https://github.com/abseil/abseil-cpp/blob/master/absl/log/globals.h
#include <dlfcn.h>
#include <fcntl.h>
#include <node_api.h>
#include <unistd.h>

static void* load(const char* library) { return dlopen(library, RTLD_NOW | RTLD_NODELETE); }

static void* load_silently(const char* library) {
  const int kept = dup(2);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  const bool can = kept >= 0 && nowhere >= 0;
  if (can) dup2(nowhere, 2);
  void* loaded = load(library);
  if (can) dup2(kept, 2);
  if (kept >= 0) close(kept);
  if (nowhere >= 0) close(nowhere);
  return loaded;
}

static napi_value Init(napi_env env, napi_value exports) {
  void* framework = load_silently(FRAMEWORK);
  void* set_level = framework ? dlsym(framework, SET_MIN_LOG_LEVEL) : nullptr;
  if (set_level) reinterpret_cast<void (*)(int)>(set_level)(1);  // warnings and errors
  if (!set_level || !load(CC)) napi_throw_error(env, nullptr, dlerror());
  return exports;
}

NAPI_MODULE(tf_quiet, Init)
