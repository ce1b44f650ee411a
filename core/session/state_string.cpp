#include "core/session/state_string.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>

#include "core/base/base64.h"
#include "core/base/words.h"
#include "core/session/session.h"

namespace iem {
namespace {

constexpr std::string_view kPrefix = "iem1:";
// A limit, since a short string may inflate to a thousand times its length; the session of a real run is far
// shorter.
constexpr std::size_t kLongestSession = std::size_t{16} << 20;

// For each kind of figure, and for states and the descriptions of tables: how the file begins, and the text
// right before its state string, since a title may contain a state string too. A file that begins like none
// of the others is read as SVG.
struct Carrier {
  std::string_view extension, begins, before;
};
constexpr std::string_view kBeforeInPng("iemlab\0", 7);
constexpr std::array<Carrier, 6> kCarriers = {{{".json", "{", "\"state\": \""},
                                               {".pdf", "%PDF", "/Keywords ("},
                                               {".png", "\x89PNG", kBeforeInPng},
                                               {".apng", "\x89PNG", kBeforeInPng},
                                               {".tex", "% ", "\n% "},
                                               {".svg", "", "<metadata id=\"iemlab\">"}}};

std::string compressed(const std::string& text) {
  uLongf size = compressBound(text.size());
  std::string out(size, '\0');
  const int status = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                               reinterpret_cast<const Bytef*>(text.data()), text.size(), Z_BEST_COMPRESSION);
  if (status != Z_OK)
    throw std::bad_alloc();  // the buffer is as large as zlib asks: it lacked memory of its own
  out.resize(size);
  return out;
}

// Empty when the bytes are not a whole zlib stream; longer than kLongestSession when there is more than that.
std::string decompressed(const std::string& bytes) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK) return "";
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, 1 << 14> piece;
  int status = Z_OK;
  while (status == Z_OK && out.size() <= kLongestSession) {
    stream.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&stream, Z_NO_FLUSH);
    out.append(piece.data(), piece.size() - stream.avail_out);
  }
  inflateEnd(&stream);
  return status == Z_STREAM_END || out.size() > kLongestSession ? out : "";
}

// Empty when it could not be read back.
std::string packed(const std::string& session) {
  if (session.size() > kLongestSession) return {};
  return std::string(kPrefix) + to_base64url(compressed(session));
}

std::string state_string_at(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find_first_not_of(kBase64UrlLetters, at + kPrefix.size());
  return std::string(bytes.substr(at, std::min(end, bytes.size()) - at));
}

}  // namespace

std::string write_state_string(const Run& run, const Config& view, bool* whole) {
  std::string out = packed(save_session(run, view, SessionFor::state_string));
  const bool fits = !out.empty() && out.size() < kLongestStateString;
  if (whole) *whole = fits;
  if (!fits) out = packed(save_session(run, view, SessionFor::short_state_string));
  return out.size() < kLongestStateString ? out : "";
}

bool is_state_string(std::string_view text) { return text.starts_with(kPrefix); }

std::string read_state_string(std::string_view text, const std::string& name) {
  if (!is_state_string(text)) throw InputError("a state string begins with iem1:", {name, 0, 0});
  const std::optional<std::string> bytes = from_base64url(text.substr(kPrefix.size()));
  if (!bytes) throw InputError("a state string holds letters, digits, - and _ only", {name, 0, 0});
  const std::string session = decompressed(*bytes);
  if (session.empty()) throw InputError("the state string is cut off or damaged", {name, 0, 0});
  if (session.size() > kLongestSession)
    throw InputError("the state string holds more than 16 MiB: too large", {name, 0, 0});
  return session;
}

bool may_carry_state(std::string_view extension) {
  return std::ranges::find(kCarriers, extension, &Carrier::extension) != kCarriers.end();
}

std::string words_of_carriers() {
  std::vector<std::string> out;
  for (const Carrier& carrier : kCarriers) out.emplace_back(carrier.extension);
  return listed_words(out, "and");
}

std::string joined_state_strings(const std::vector<std::string>& of_panels) {
  std::string out;
  for (const std::string& state : of_panels)
    out += (out.empty() ? "" : " ") + (state.empty() ? std::string(kPrefix) : state);
  return out;
}

std::vector<std::string> find_state_strings(std::string_view bytes) {
  const auto carrier =
      std::ranges::find_if(kCarriers, [&](const Carrier& c) { return bytes.starts_with(c.begins); });
  const std::string mark = std::string(carrier->before) + std::string(kPrefix);
  const std::string next = " " + std::string(kPrefix);
  const std::size_t marked = bytes.find(mark);
  std::vector<std::string> out;
  if (marked != std::string_view::npos) {
    std::size_t at = marked + mark.size() - kPrefix.size();
    for (;; at += next.size() - kPrefix.size()) {
      std::string state = state_string_at(bytes, at);
      at += state.size();
      out.push_back(state == kPrefix ? std::string() : std::move(state));
      if (!bytes.substr(at).starts_with(next)) return out;
    }
  }
  // In other places the longest state string is taken, since the run itself is longer than any title.
  std::string longest;
  for (std::size_t at = 0; (at = bytes.find(kPrefix, at)) != std::string_view::npos; at += kPrefix.size())
    if (std::string found = state_string_at(bytes, at); found.size() > longest.size())
      longest = std::move(found);
  if (!longest.empty()) out.push_back(std::move(longest));
  return out;
}

std::string find_state_string(std::string_view bytes) {
  const std::vector<std::string> all = find_state_strings(bytes);
  return all.empty() ? std::string() : all.front();
}

}  // namespace iem
