#include "app/export/link/run_link.h"

#include "core/figure/furniture.h"

namespace iem {
namespace {

bool is_on(const Config& furniture, const char* key) {
  return furniture.is_set(key) && furniture.text(key) != "off" && !furniture.text(key).empty();
}

// The key that asks for the link.
const char* asking_key(const Config& furniture) {
  return is_on(furniture, kLinkKey) ? kLinkKey : is_on(furniture, kCodeKey) ? kCodeKey : nullptr;
}

}  // namespace

std::string link_page(const Config& furniture, const std::string& base) {
  const char* key = asking_key(furniture);
  if (!key) return {};
  const bool own = key == kLinkKey && furniture.text(kLinkKey) != "on";
  const std::string page = own ? furniture.text(kLinkKey) : base;
  if (page.empty())
    throw furniture.error(key, "this program does not know where its page is: give an address as the link");
  return page;
}

RunLink run_link(const Config& furniture, const std::string& base, const std::string& state) {
  const std::string page = link_page(furniture, base);
  if (page.empty()) return {};
  if (state.empty())
    throw furniture.error(asking_key(furniture), "the run is too long for a link: save its session");
  RunLink out{page + "#" + state, is_on(furniture, kLinkKey)};
  if (!is_on(furniture, kCodeKey)) return out;
  out.code = qr_code(out.address);
  if (out.code.side == 0)
    out.remark = "the link of this run has " + std::to_string(out.address.size()) +
                 " characters, and a small code holds " + std::to_string(kLongestInCode) +
                 ": the figure is without one";
  return out;
}

}  // namespace iem
