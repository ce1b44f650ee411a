#include "core/figure/glossary.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/figure/tex_scanner.h"

namespace iem {
namespace {

// `symbol` is a letter with the accents and indices that belong to its name. If it ends in "_" it has some
// index, whichever it is.
struct GlossaryEntry {
  std::string_view symbol, lab, name, sentence;
  bool is_share = false;  // what a lesson covers while it asks for a share
};

// A lab's own meaning takes precedence over the common one.
constexpr std::array kGlossary = std::to_array<GlossaryEntry>({
    // objective and sums
    {"J", "", "objective", "What a step lowers: the mean of all points' losses."},
    {"J^{*}", "", "lowest objective", "The least J that is known; J minus it is what is left to gain."},
    {"J^\\star", "", "lowest objective", "The least J that is known; J minus it is what is left to gain."},
    {"L^\\star", "", "level with the label",
     "The log-sum-exp over the components that the label allows: the clamped phase."},
    {"L", "", "level",
     "The log-sum-exp of a point's energies; its derivative by an energy is minus a responsibility."},
    {"Z", "", "normaliser", "The sum of the exponentials: what they are divided by to become shares."},
    {"d_x", "attention", "width of the tokens", "How many numbers a token has."},
    {"d_k", "attention", "width of the keys", "How many numbers a key and a query have."},
    {"d_v", "attention", "width of the values", "How many numbers a value has."},
    {"d_0", "", "energy of the background",
     "That of a class of its own for what belongs to none of the others."},
    {"d'", "", "slope of the energy", "How fast the energy rises with the input."},
    {"d", "", "energy", "How badly a component explains a point: the less, the larger its share."},
    {"r^\\star", "", "responsibility with the label",
     "The share of a component once the label is known; the label's own class has all of it."},
    {"r", "", "responsibility",
     "The posterior probability of a component given the point: its share of the sum of exponentials.", true},
    {"N_", "", "points of a component", "The sum of its responsibilities over all points."},
    {"N", "", "number of points", "How many points the mean is taken over."},
    {"K", "", "number of components", "How many of them share out the points."},
    {"C", "", "constant", "What makes the exponential of minus the energy a density."},
    {"C", "classifier", "counts", "How many points of a label are answered with a class."},
    // components
    {"\\mu", "", "mean", "Where a component stands."},
    {"\\Sigma", "", "covariance", "How wide a component is, and in which direction."},
    {"W_Q", "attention", "query map", "The matrix that makes queries of tokens."},
    {"W_K", "attention", "key map", "The matrix that makes keys of tokens."},
    {"W_V", "attention", "value map", "The matrix that makes values of tokens."},
    {"W_O", "attention", "output map", "The matrix that makes predictions of what was read."},
    {"W", "layer", "weights", "The rows of the layer: one direction a unit."},
    {"W", "classifier", "weights or whitener",
     "The slopes of linear energies, or what turns distances from a class into standard deviations."},
    {"W", "", "whitener", "The inverse root of the covariance: it turns distances into standard deviations."},
    {"\\pi'", "", "next prior", "The prior after this step."},
    {"\\pi_", "", "prior", "The share that a component has before the point is seen."},
    {"\\pi", "", "pi", "3.1416, the circle's."},
    {"w", "activation", "weight of a point",
     "How much a point counts in the sum; points that fit badly count less."},
    {"w", "", "weights", "The slopes of a linear energy: where it rises and how steeply."},
    {"b", "attention", "usefulness",
     "What a value would do to the error of the query if it were read more: its benefit."},
    {"b", "", "offset", "The height of a linear energy at the origin."},
    {"\\nu", "", "degrees of freedom", "How heavy the tails are: the fewer, the heavier."},
    {"\\kappa", "", "weight of the unlabelled phase",
     "How much the free responsibilities count against those with the label."},
    {"\\rho", "", "distance in standard deviations",
     "How far a point is from a component, measured by its covariance."},
    {"\\sigma", "", "standard deviation", "The spread of the noise."},
    {"\\tau", "", "temperature", "Energies are divided by it: the lower, the harder the shares."},
    {"x", "", "point", "One point of the data."},
    {"X", "", "points", "All points, one a row."},
    {"c", "", "threshold", "From where on an error counts by its size instead of its square."},
    {"c", "classifier", "class or threshold",
     "The class that answers; or from where on an error counts by its size instead of its square."},
    {"y", "attention", "target", "What should have been read."},
    {"y", "", "label", "The class that a point is said to have."},
    {"Y", "", "targets", "All targets, one a row."},
    // activations
    {"z", "layer", "pre-activation",
     "What a unit computes before its activation: the weighted input with its offset."},
    {"z", "", "input", "The number that the activation is a function of."},
    {"h", "", "hypothesis", "One of the possible causes of the input."},
    {"s", "attention", "score", "How well a query fits a key, before the softmax."},
    {"s", "", "sign", "The hidden sign, plus or minus one."},
    {"m", "", "size of a sign", "How far from zero the two signs stand."},
    {"a", "", "activation", "The posterior mean as a function of the input."},
    {"a'", "", "slope of the activation", "How fast the posterior mean rises: a posterior variance."},
    {"g", "", "gain", "What is averaged over the hypotheses, or by which factor a prior grows."},
    {"k'", "", "slope of the kernel", "How fast the energy rises with the scaled distance."},
    {"k", "attention", "key", "What a query is compared with."},
    {"k", "", "kernel", "The energy as a function of the scaled distance."},
    {"u", "attention", "error", "What was read minus what should have been read."},
    {"u", "", "scaled distance", "How far the input is from a hypothesis, in standard deviations."},
    {"p", "", "probability", "The density of the noise, or the predicted shares."},
    {"P", "", "probability", "That of a hypothesis."},
    {"\\Phi", "", "normal distribution function",
     "The probability that a standard normal number is smaller."},
    {"\\varphi", "", "kind of the activation", "How pre-activations become outputs."},
    {"\\mathcal{N}", "", "normal distribution", "With this mean and this variance."},
    {"t", "", "place on the probe line", "How far along the line, from its middle."},
    {"n", "", "direction of the probe line", "A vector of length one along it."},
    // attention
    {"\\alpha", "attention", "attention",
     "The share of a key in what a query reads: its posterior probability.", true},
    {"\\alpha", "", "slope of an expert", "How fast the expert's line rises."},
    {"\\beta", "", "offset of an expert", "Where the expert's line begins."},
    {"q", "attention", "query", "What looks for keys that fit it."},
    {"o", "attention", "output", "What a query reads: the mean of the values, weighted by attention."},
    {"v", "attention", "value", "What is read where attention goes."},
    {"j", "", "component", "The number of a component."},
    {"V", "layer", "variance", "That of a unit's energies over the points: zero where the unit has died."},
    {"V", "attention", "values", "All values, one a row."},
    {"T", "attention", "length", "How many queries the mean is taken over."},
    // layer
    {"R", "layer", "correlations", "Of the units' outputs with each other; one on the diagonal."},
    {"I", "", "identity matrix", "One on the diagonal, zero elsewhere."},
    {"t", "layer", "term", "One of the terms of the layer's objective."},
    {"B", "", "batch", "The points that a step looks at."},
    {"H", "", "entropy", "How undecided the shares are, in nats."},
    {"S^{+}", "", "inverse of the second moments",
     "Its pseudo-inverse: a curvature that no step of J exceeds."},
    {"S", "", "second moments", "The mean of the points' products with themselves."},
    {"\\Omega", "", "regulariser",
     "What makes the shares spread: entropy for softmax, a square for sparsemax."},
    // small systems
    {"p^*", "neighbours", "target", "The shares that are to be reached."},
    {"p", "neighbours", "shares", "Of the outcomes, hypotheses or classes; they sum to one."},
    {"A", "neighbours", "logits of the map",
     "A softmax of its columns makes the map whose fixed point is sought."},
    {"B", "neighbours", "read-out", "What makes a prediction of the fixed point."},
    {"S", "neighbours", "map", "The softmax of the columns of A: every column sums to one."},
    {"M", "neighbours", "score or whole map",
     "How far the scores of what has been ruled out are pushed down; or the map from input to prediction."},
    {"W", "neighbours", "weights", "Of one layer of the network."},
    {"\\alpha_\\max", "neighbours", "largest factor", "No step is made longer than by this."},
    {"\\alpha", "neighbours", "start", "How large the factors are at the start."},
    {"\\beta", "neighbours", "scale",
     "How much a coordinate counts in the kernel, or an observation in the score."},
    {"\\gamma", "neighbours", "contraction",
     "By how much every pass shrinks what is left to the fixed point."},
    {"\\lambda", "neighbours", "penalty", "How much the size of the function counts."},
    {"\\sigma", "neighbours", "spread",
     "The standard deviation of a block of the gradient, or of the noise."},
    {"a", "neighbours", "slope of a neuron", "How its input is scaled before it is cut off at zero."},
    {"b", "neighbours", "offset of a neuron",
     "Divided by its slope it is the knot, where the neuron bends the line."},
    {"c", "neighbours", "output of a neuron", "How much it counts in the function."},
    {"f", "neighbours", "function", "What the system computes of its input."},
    {"g", "neighbours", "gradient", "Of one block of the parameters."},
    {"k", "neighbours", "key or count", "What a hypothesis is scored by; or how many have been ruled out."},
    {"m", "neighbours", "margin", "How far on its right side a point lies, not yet divided by a norm."},
    {"n", "neighbours", "number of symbols", "How many there are to be ruled out."},
    {"t", "neighbours", "time", "Of the flow: the steps taken times their length."},
    {"u", "neighbours", "first factor", "One of the two numbers whose product is the weight."},
    {"v", "neighbours", "second factor or value", "The other factor; or what is read of a hypothesis."},
    {"w", "neighbours", "weight",
     "The product of the factors, or the normal of the line between the classes."},
    {"x", "neighbours", "input", "What the system is given."},
    {"y", "neighbours", "target", "What it should answer, or the class."},
    {"z", "neighbours", "signed point or fixed point",
     "A point times its class; or what the passes come to."},
    {"\\ell", "", "loss", "Of one point."},
    // rules
    {"\\dot \\theta", "", "flow", "How fast the parameters move: steps without end, of no length."},
    {"\\theta", "", "parameters", "Everything that is learned, as one vector."},
    {"\\eta", "", "learning rate", "The length of a step along the gradient."},
    {"\\lambda", "", "blend or weight",
     "How far the step goes from the gradient's towards EM's, or how much a term counts."},
    {"\\hat m", "", "mean gradient", "The running mean of the gradients, without the bias of its start."},
    {"\\hat v", "", "mean squared gradient",
     "The running mean of the squared gradients, without the bias of its start."},
    {"\\epsilon", "", "smallest divisor", "Keeps the step finite where the gradient has been zero."},
    {"\\gamma", "", "memory", "How much of the last step is kept."},
    {"\\omega", "", "over-relaxation", "By how much the step goes beyond EM's."},
    {"\\delta", "", "bound", "The error from which on it counts by its size."},
    // signs
    {"\\partial", "", "derivative", "How much the one changes with the other, everything else held still."},
    {"\\nabla", "", "gradient", "The derivatives by all coordinates, as a vector."},
    {"\\Delta", "", "step", "By how much something changes in the next step."},
    {"\\mathrm{E}", "", "expectation", "The mean over the posterior."},
    {"\\mathrm{Var}", "", "variance", "The posterior's spread, squared."},
    {"e", "", "exponential", "2.7183 to the power that follows."},
    {"\\angle", "", "angle", "Between the two directions."},
});

// Commands that are no symbols of the glossary: signs, functions that every reader knows, and layout.
constexpr auto kNoSymbols = std::to_array<std::string_view>(
    {"\\frac",  "\\sqrt",      "\\sum",    "\\log",    "\\exp",          "\\max",    "\\min",    "\\arg",
     "\\cos",   "\\cdot",      "\\|",      "\\mid",    "\\in",           "\\sim",    "\\neq",    "\\le",
     "\\ge",    "\\leftarrow", "\\to",     "\\times",  "\\quad",         "\\ldots",  "\\dots",   "\\infty",
     "\\{",     "\\}",         "\\text",   "\\mathbb", "\\operatorname", "\\approx", "\\propto", "\\pm",
     "\\equiv", "\\lfloor",    "\\rfloor", "\\tanh",   "\\sin",          "\\prod",   "\\int",    "\\lVert",
     "\\rVert", "\\prime",     "\\star",   "\\top",    "\\overline"});

struct FoundSymbol {
  std::string tex;  // with its index and what stands above it
  std::string letter, index, above;
};

// Reads symbols off a formula.
class SymbolReader {
 public:
  explicit SymbolReader(std::string_view tex, std::vector<FoundSymbol>& found) : scan_(tex), found_(found) {}

  void read() {
    while (!scan_.ended()) {
      const std::size_t before = scan_.place();
      one();
      if (scan_.place() == before) return;  // a brace that is not closed
    }
  }

 private:
  static void inside(std::string_view tex, std::vector<FoundSymbol>& found) {
    SymbolReader(tex, found).read();
  }

  void one() {
    const std::string_view here = scan_.rest();
    if (here.front() == '{') {
      if (const auto group = scan_.group()) inside(*group, found_);
      return;
    }
    if (scan_.is_at_number()) {
      static_cast<void>(scan_.number());
      if (scan_.take("\\pi")) found_.push_back({"\\pi", "\\pi", "", ""});
      return;
    }
    const auto word = scan_.group();
    if (!word) return;
    if (*word == "^" || *word == "_") return exponent(*word == "^");
    if (*word == "\\hat" || *word == "\\bar" || *word == "\\tilde" || *word == "\\dot") {
      const std::string what(scan_.group().value_or(""));
      return symbol(std::string(*word) + " " + what);
    }
    if (*word == "\\mathrm" || *word == "\\mathcal" || *word == "\\mathbf") {
      const std::string what(scan_.group().value_or(""));
      // A word in upright letters is a name and not a symbol, except for E and Var.
      const bool sign = *word != "\\mathrm" || what == "E" || what == "Var";
      if (sign) return symbol(std::string(*word) + "{" + what + "}");
      skip_index();
      return;
    }
    if (std::ranges::find(kNoSymbols, *word) != kNoSymbols.end()) return;
    const bool letter = word->size() == 1 && TexScanner::is_letter(word->front());
    const bool command = word->size() > 1 && TexScanner::is_letter(word->back());
    if (letter || command) symbol(std::string(*word));
  }

  // Reads the exponent or index of something that is no symbol, such as a bracket or a sum.
  void exponent(bool above) {
    const auto group = scan_.group();
    if (group && above) inside(*group, found_);
  }

  void skip_index() {
    while (scan_.touches("_") || scan_.touches("^")) {
      static_cast<void>(scan_.group());
      static_cast<void>(scan_.group());
    }
  }

  void symbol(std::string letter) {
    FoundSymbol found{letter, letter, "", ""};
    std::string power;
    for (bool more = true; more;) {
      more = false;
      for (const std::string_view mark : {"_", "^"}) {
        if (!scan_.touches(mark)) continue;
        static_cast<void>(scan_.group());
        const std::string group(scan_.group().value_or(""));
        (mark == "_" ? found.index : found.above) = group;
        more = true;
      }
      if (scan_.touches("'")) {
        static_cast<void>(scan_.group());
        found.letter += "'";
        more = true;
      }
    }
    const bool is_name = found.above == "\\star" || found.above == "*" || found.above == "+";
    if (!is_name) std::swap(power, found.above);
    const auto braced = [](const std::string& text) {
      const bool single =
          text.size() == 1 || (text.front() == '\\' && text.find_first_of("{ ,") == std::string::npos);
      return single ? text : "{" + text + "}";
    };
    found.tex = found.letter;
    if (!found.index.empty()) found.tex += "_" + braced(found.index);
    if (!found.above.empty()) found.tex += "^" + braced(found.above);
    found_.push_back(found);
    if (!power.empty()) inside(power, found_);
  }

  TexScanner scan_;
  std::vector<FoundSymbol>& found_;
};

bool is_name_of(const GlossaryEntry& entry, const FoundSymbol& found) {
  const auto matches = [&](const std::string& symbol) { return entry.symbol == symbol; };
  if (!found.above.empty())
    return matches(found.letter + "^" + found.above) || matches(found.letter + "^{" + found.above + "}");
  if (!found.index.empty() && (matches(found.letter + "_" + found.index) || matches(found.letter + "_")))
    return true;
  return matches(found.letter) && !(found.index.empty() && entry.symbol.ends_with("_"));
}

const GlossaryEntry* glossary_entry(const FoundSymbol& found, std::string_view lab) {
  const auto with = [&](std::string_view of, const FoundSymbol& what) -> const GlossaryEntry* {
    const auto it = std::ranges::find_if(
        kGlossary, [&](const GlossaryEntry& entry) { return entry.lab == of && is_name_of(entry, what); });
    return it == kGlossary.end() ? nullptr : &*it;
  };
  if (const GlossaryEntry* own = with(lab, found)) return own;
  if (const GlossaryEntry* common = with("", found)) return common;
  if (found.above.empty()) return nullptr;
  FoundSymbol plain = found;  // a star or a plus that has no words of its own
  plain.above.clear();
  return glossary_entry(plain, lab);
}

}  // namespace

std::vector<SymbolWords> symbols_of(std::string_view tex, std::string_view lab) {
  std::vector<FoundSymbol> found;
  SymbolReader(tex, found).read();
  std::vector<SymbolWords> out;
  for (const FoundSymbol& each : found) {
    const GlossaryEntry* entry = glossary_entry(each, lab);
    SymbolWords words{each.tex, "", ""};
    if (entry != nullptr)
      words.name = entry->name, words.sentence = entry->sentence, words.letter = entry->symbol,
      words.is_share = entry->is_share;
    if (each.tex == "J") words.value = SymbolValue::loss;
    if (each.tex == "N") words.value = SymbolValue::points;
    const bool again = std::ranges::any_of(out, [&](const SymbolWords& said) {
      return entry == nullptr ? said.tex == words.tex : said.name == words.name;
    });
    if (!again) out.push_back(std::move(words));
  }
  return out;
}

}  // namespace iem
