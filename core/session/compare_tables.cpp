#include "core/session/compare_tables.h"

#include "core/base/utf8.h"
#include "core/config/assignment.h"
#include "core/config/idle_keys.h"
#include "core/config/setting_table.h"
#include "core/optimize/optimizer.h"
#include "core/run/comparison.h"
#include "core/run/problem.h"
#include "core/session/session_file.h"

namespace iem {
namespace {

constexpr std::size_t kMostTables = Comparison::kMost - 1;
constexpr const char* kTable = "compare";
const std::vector<std::string> kKeys = {"name", "set", "seeds", "at", "known"};

// Reads one table; its settings are tried on a copy of the scene's configuration.
class TableReader {
 public:
  TableReader(const Scene& scene, bool kept) : scene_(scene), kept_(kept), trial_(scene.config) {}

  void read(const TomlEntry& entry, std::string_view key) {
    if (key == "set" && entry.is_table) return;
    if (const std::string setting = set_key(key); !setting.empty()) return read_setting(entry, setting);
    if (std::ranges::find(kKeys, key) == kKeys.end()) throw unknown(entry, std::string(key));
    if (key == "set") throw InputError(entry.key + ": must be a table of keys and values", entry.key_at);
    if (entry.is_table) throw InputError(entry.key + ": must be a value, not a table", entry.key_at);
    if (entry.problem) throw InputError(*entry.problem);
    if (key == "name") spec_.name = name_in(entry);
    if (key == "seeds") spec_.seeds = static_cast<int>(count_in(entry, 1, RunSpec::kMostDraws));
    if (key == "known") spec_.known = count_in(entry, 0, kMostSteps);
    if (key == "at") spec_.edits = edits_in(entry);
  }

  RunSpec finished() {
    if (kept_) return std::move(spec_);
    for (const Edit& setting : spec_.settings) refuse_idle(trial_, setting.key);
    if (!spec_.settings.empty()) scene_.problem->check_given(trial_);
    if (const std::string none = spec_.best_rate ? trial_.unavailable_reason(kRateKey) : ""; !none.empty())
      throw InputError(std::string(kRateKey) + " = \"best\": " + none, best_at_);
    return std::move(spec_);
  }

 private:
  static InputError unknown(const TomlEntry& entry, const std::string& key) {
    const std::string near = nearest_word(key, kKeys);
    return InputError(
        "unknown key " + printable(entry.key) +
            (near.empty() ? ": a table of compare has name, set and seeds" : "; did you mean " + near + "?"),
        entry.key_at);
  }

  void read_setting(const TomlEntry& entry, const std::string& key) {
    const Parameter* parameter = scene_.config.table().find(key);
    if (entry.is_table && !parameter && !entry.is_list_of_tables) return;  // optimizer, of optimizer.method
    if (entry.problem) throw InputError(*entry.problem);
    if (parameter && parameter->effect == Effect::view)
      throw InputError(entry.key + ": what is shown is the same for all runs", entry.key_at);
    if (key == kRateKey && entry.value == Value(std::string("best"))) {
      spec_.best_rate = true;
      best_at_ = entry.value_at;
      return;
    }
    trial_.set(key, entry.value, parameter ? entry.value_at : entry.key_at);
    spec_.settings.push_back({key, trial_.value(key), 0});
    spec_.places.push_back(entry.value_at);
  }

  static std::string name_in(const TomlEntry& entry) {
    const auto* text = std::get_if<std::string>(&entry.value);
    if (!text || text->empty() || text->size() > 200)
      throw value_error(entry.key, entry.value, "must be a string of 1 to 200 bytes", entry.value_at);
    return *text;
  }

  static std::int64_t count_in(const TomlEntry& entry, std::int64_t least, std::int64_t most) {
    const auto* number = std::get_if<std::int64_t>(&entry.value);
    if (!number || *number < least || *number > most)
      throw value_error(entry.key, entry.value,
                        "must be an integer from " + std::to_string(least) + " to " + std::to_string(most),
                        entry.value_at);
    return *number;
  }

  static std::vector<Edit> edits_in(const TomlEntry& entry) {
    std::vector<Edit> out;
    if (const auto* none = std::get_if<Tensor>(&entry.value); none && none->data.empty()) return out;
    const auto* texts = std::get_if<std::vector<std::string>>(&entry.value);
    if (!texts)
      throw value_error(entry.key, entry.value, "must be a list of strings, STEP:KEY=VALUE each",
                        entry.value_at);
    for (const std::string& text : *texts) try {
        out.push_back(parse_timed_edit(text, entry.key));
      } catch (const InputError& error) {
        throw InputError(error.message(), entry.value_at);
      }
    return out;
  }

  const Scene& scene_;
  bool kept_;
  Config trial_;
  RunSpec spec_;
  SourcePosition best_at_;
};

}  // namespace

bool is_of_compare(std::string_view key) {
  return key == kTable || key.starts_with(std::string(kTable) + "[") ||
         key.starts_with(std::string(kTable) + ".");
}

std::vector<RunSpec> read_compare(const std::vector<TomlEntry>& entries, const Scene& scene, bool kept) {
  std::vector<TableReader> tables;
  for (const TomlEntry& entry : entries) {
    if (!is_of_compare(entry.key) || entry.is_list_of_tables) continue;
    if (entry.key == kTable) {
      const auto* none = std::get_if<Tensor>(&entry.value);
      if (!entry.is_table && !entry.problem && none && none->data.empty()) continue;
      throw InputError("compare: must be tables, each under [[compare]]", entry.key_at);
    }
    const auto place = key_in_list(kTable, entry.key);
    const auto [table, key] = place.value_or(std::pair<std::size_t, std::string_view>{});
    if (table >= kMostTables)
      throw InputError("compare: there may be at most " + std::to_string(kMostTables) +
                           " tables beside the run of the scene itself",
                       entry.value_at);
    while (tables.size() <= table) tables.emplace_back(scene, kept);
    if (!key.empty()) tables[table].read(entry, key);
  }
  std::vector<RunSpec> out;
  for (TableReader& table : tables) out.push_back(table.finished());
  return out;
}

std::string write_compare(const std::vector<RunSpec>& compare) {
  std::string out;
  for (const RunSpec& spec : compare) {
    out += "\n[[compare]]\n";
    if (!spec.name.empty()) out += "name = " + to_toml(spec.name) + "\n";
    std::string set;
    for (const Edit& setting : spec.settings)
      set += (set.empty() ? "" : ", ") + setting.key + " = " + to_toml(setting.value);
    if (spec.best_rate && !spec.says(kRateKey))
      set += (set.empty() ? "" : ", ") + std::string(kRateKey) + " = \"best\"";
    if (!set.empty()) out += "set = { " + set + " }\n";
    if (spec.seeds != 1) out += "seeds = " + std::to_string(spec.seeds) + "\n";
    if (spec.edits) {
      std::vector<std::string> edits;
      for (const Edit& edit : *spec.edits)
        edits.push_back(std::to_string(edit.step) + ":" + edit.key + "=" + to_toml(edit.value));
      out += "at = " + (edits.empty() ? std::string("[]") : to_toml(edits)) + "\n";
    }
    if (spec.is_future()) out += "known = " + std::to_string(spec.known) + "\n";
  }
  return out;
}

Edit parse_timed_edit(const std::string& text, const std::string& where) {
  const std::size_t colon = text.find(':');
  const bool number =
      colon != std::string::npos && colon > 0 && colon < 16 && text.find_first_not_of("0123456789") == colon;
  if (!number) throw InputError(where + " " + printable(text) + ": must be STEP:key.path=VALUE");
  Assignment assignment = parse_assignment(text.substr(colon + 1), where);
  return {assignment.key, std::move(assignment.value), std::stoll(text.substr(0, colon))};
}

}  // namespace iem
