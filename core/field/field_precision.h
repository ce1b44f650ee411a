// Whether a field can be drawn in single precision, as shaders/field.frag does.
#pragma once

#include "core/field/field.h"

namespace iem {

// The energies of thin components are large a little off their axis, and the colour of a pixel depends on
// their differences. Returns false where, somewhere in the view, components compete whose energies a float
// cannot tell apart to one shade, and where an energy or one of its parameters leaves the range of floats.
// This is an estimate from samples of the view, on the safe side.
bool single_precision_suffices(const FieldInput& input, const FieldView& view);

}  // namespace iem
