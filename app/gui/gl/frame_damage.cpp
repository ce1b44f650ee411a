#include "app/gui/gl/frame_damage.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <limits>
#include <utility>

namespace iem::gui {
namespace {

constexpr int kTile = 16;               // pixels
constexpr std::size_t kMostRects = 12;  // each draws once more what lies across its edge

using Command = FrameCopy::Command;

// How many of so many places have the same at the beginnings of two ranges and, after that, at their ends.
template <class Same>
std::pair<std::size_t, std::size_t> common_ends(std::size_t count_a, std::size_t count_b, const Same& same) {
  const std::size_t most = std::min(count_a, count_b);
  std::size_t front = 0, back = 0;
  while (front < most && same(front, front)) ++front;
  while (front + back < most && same(count_a - 1 - back, count_b - 1 - back)) ++back;
  return {front, back};
}

// The tiles of the window that something has changed in.
class Damage {
 public:
  Damage(const FrameCopy& before, const FrameCopy& now)
      : before_(before),
        now_(now),
        columns_((now.width + kTile - 1) / kTile),
        rows_((now.height + kTile - 1) / kTile),
        tiles_(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_)) {}

  // Compares all lists; false where their order is another one.
  bool compare() {
    const auto same = [](const FrameCopy::List& a, const FrameCopy::List& b) { return a.name == b.name; };
    std::size_t next = 0;  // of those before
    for (const FrameCopy::List& list : now_.lists) {
      std::size_t at = next;
      while (at < before_.lists.size() && !same(before_.lists[at], list)) ++at;
      if (at == before_.lists.size()) {
        if (std::ranges::any_of(before_.lists, [&](const auto& each) { return same(each, list); }))
          return false;
        for (std::size_t i = list.begin; i < list.end; ++i) mark_all(now_, now_.commands[i]);
        continue;
      }
      for (; next < at; ++next) mark_list(before_.lists[next]);
      compare(before_.lists[next++], list);
    }
    for (; next < before_.lists.size(); ++next) mark_list(before_.lists[next]);
    return true;
  }

  // The tiles as rectangles, those of one row first joined along it and then with the row above.
  std::vector<PixelRect> rectangles() const {
    std::vector<PixelRect> out;
    for (int row = 0; row < rows_; ++row)
      for (int column = 0; column < columns_; ++column) {
        if (!marked(column, row)) continue;
        const int begin = column;
        while (column < columns_ && marked(column, row)) ++column;
        out.push_back(common({begin * kTile, row * kTile, column * kTile, (row + 1) * kTile},
                             {0, 0, now_.width, now_.height}));
        join(out);
      }
    return out;
  }

 private:
  bool marked(int column, int row) const {
    return tiles_[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) +
                  static_cast<std::size_t>(column)] != 0;
  }

  void mark(const PixelRect& rect) {
    if (rect.empty()) return;
    for (int row = rect.y0 / kTile; row <= (rect.y1 - 1) / kTile; ++row) {
      const auto begin = tiles_.begin() + static_cast<std::ptrdiff_t>(row) * columns_ + rect.x0 / kTile;
      std::fill(begin, begin + (rect.x1 - 1) / kTile - rect.x0 / kTile + 1, char{1});
    }
  }
  void mark_all(const FrameCopy& frame, const Command& command) {
    if (command.begin == command.end) return mark(command.clip);
    for (std::size_t i = command.begin / 3; i < command.end / 3; ++i)
      mark(common(frame.boxes[i], command.clip));
  }
  void mark_list(const FrameCopy::List& of_before) {
    for (std::size_t i = of_before.begin; i < of_before.end; ++i) mark_all(before_, before_.commands[i]);
  }

  bool same(const Command& a, const Command& b) const {
    const std::size_t count = a.end - a.begin;
    return same_look(a, b) && count == b.end - b.begin &&
           (count == 0 || std::memcmp(before_.corners.data() + a.begin, now_.corners.data() + b.begin,
                                      count * sizeof(ImDrawVert)) == 0);
  }

  void compare(const FrameCopy::List& old, const FrameCopy::List& list) {
    const Command* a = before_.commands.data() + old.begin;
    const Command* b = now_.commands.data() + list.begin;
    const std::size_t count_a = old.end - old.begin, count_b = list.end - list.begin;
    const auto [front, back] =
        common_ends(count_a, count_b, [&](std::size_t i, std::size_t k) { return same(a[i], b[k]); });
    const bool paired = count_a == count_b;
    for (std::size_t i = front; i < count_a - back; ++i)
      paired ? compare(a[i], b[i]) : mark_all(before_, a[i]);
    for (std::size_t i = front; !paired && i < count_b - back; ++i) mark_all(now_, b[i]);
  }

  void compare(const Command& a, const Command& b) {
    if (!same_look(a, b)) {
      mark_all(before_, a);
      mark_all(now_, b);
      return;
    }
    const ImDrawVert* x = before_.corners.data() + a.begin;
    const ImDrawVert* y = now_.corners.data() + b.begin;
    const std::size_t count_a = (a.end - a.begin) / 3, count_b = (b.end - b.begin) / 3;
    const auto same = [&](std::size_t i, std::size_t k) { return same_triangle(x + 3 * i, y + 3 * k); };
    const auto [front, back] = common_ends(count_a, count_b, same);
    const bool paired = count_a == count_b;
    for (std::size_t i = front; i < count_a - back; ++i)
      if (!paired || !same(i, i)) mark(common(before_.boxes[a.begin / 3 + i], a.clip));
    for (std::size_t i = front; i < count_b - back; ++i)
      if (!paired || !same(i, i)) mark(common(now_.boxes[b.begin / 3 + i], b.clip));
  }

  // Joins the last rectangle with what it lies across and with the one that it continues; and, where there
  // are too many, the two that waste least.
  static void join(std::vector<PixelRect>& all) {
    join_last(all);
    const PixelRect last = all.back();
    const auto above = std::ranges::find_if(all, [&](const PixelRect& each) {
      return each.x0 == last.x0 && each.x1 == last.x1 && each.y1 == last.y0;
    });
    if (above != all.end()) {
      above->y1 = last.y1;
      all.pop_back();
    }
    while (all.size() > kMostRects) join_closest(all);
  }
  static void join_last(std::vector<PixelRect>& all) {
    PixelRect whole = all.back();
    all.pop_back();
    for (std::size_t i = 0; i < all.size();) {
      if (common(all[i], whole).empty()) {
        ++i;
        continue;
      }
      whole = around(all[i], whole);
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
      i = 0;  // it is larger now
    }
    all.push_back(whole);
  }
  static void join_closest(std::vector<PixelRect>& all) {
    std::size_t first = 0, second = 1;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < all.size(); ++i)
      for (std::size_t k = i + 1; k < all.size(); ++k) {
        const std::int64_t waste = around(all[i], all[k]).area() - all[i].area() - all[k].area();
        if (waste < least) least = waste, first = i, second = k;
      }
    const PixelRect whole = around(all[first], all[second]);
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(second));
    all[first] = all.back();
    all.back() = whole;
    join_last(all);
  }

  const FrameCopy& before_;
  const FrameCopy& now_;
  int columns_, rows_;
  std::vector<char> tiles_;
};

}  // namespace

std::vector<PixelRect> damage_between(const FrameCopy& before, const FrameCopy& now) {
  const std::vector<PixelRect> all = {{0, 0, now.width, now.height}};
  if (before.width != now.width || before.height != now.height) return all;
  Damage damage(before, now);
  if (!damage.compare()) return all;
  return damage.rectangles();
}

}  // namespace iem::gui
