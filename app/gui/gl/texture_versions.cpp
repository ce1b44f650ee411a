#include "app/gui/gl/texture_versions.h"

#include <unordered_map>

namespace iem::gui {
namespace {

std::unordered_map<unsigned, std::uint64_t> g_versions;
std::uint64_t g_latest = 0;

}  // namespace

void texture_changed(unsigned texture) { g_versions[texture] = ++g_latest; }

std::uint64_t texture_version(unsigned texture) {
  const auto found = g_versions.find(texture);
  return found == g_versions.end() ? 0 : found->second;
}

}  // namespace iem::gui
