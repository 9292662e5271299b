"""Twenty-one faults, and what a report may rightly add to each: it follows from it.

Each fault has three variants, one for each part of the programs.
"""

ALSO = {
    "dead_units": {"vanishing_gradients", "no_learning"},
    "saturated_units": {"vanishing_gradients", "no_learning", "bad_start"},
    "vanishing_gradients": {"no_learning", "saturated_units", "dead_units"},
    "exploding_gradients": {
        *("bad_start", "lr_too_large", "dead_units", "saturated_units", "nan"),
        *("update_ratio", "no_learning"),
    },
    "nan": {"bad_start", "no_learning"},
    "no_learning": {"lr_too_large", "dead_units", "bad_start", "input_scale"},
    "bad_start": {"lr_too_large", "nan", "dead_units", "update_ratio"},
    "update_ratio": {"lr_too_large", "no_learning", "dead_units"},
    "no_gradient": set(),
    "not_stepped": {"no_gradient"},
    "grads_not_cleared": {"nan", "lr_too_large", "dead_units", "no_learning"},
    "eval_mode": {"overfit"},
    "train_mode": set(),
    "double_softmax": {"no_learning", "vanishing_gradients"},
    "labels_shuffled": {"no_learning", "overfit"},
    "leakage": set(),
    "class_sorted": {"no_learning", "overfit"},
    "input_scale": {"bad_start", "saturated_units", "dead_units", "no_learning"},
    "lr_too_large": {
        *("dead_units", "nan", "no_learning", "exploding_gradients", "update_ratio"),
        *("saturated_units", "vanishing_gradients"),
    },
    "lr_too_small": {"no_learning"},
    "overfit": set(),
}
