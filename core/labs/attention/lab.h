// The attention lab: one head of attention on a toy, its routing law and its value law (Agarwal, Dalal &
// Misra 2025, arXiv 2512.22473).
#pragma once

#include "core/labs/kit/lab.h"

namespace iem {

const Lab& attention_lab();

}  // namespace iem
