"""What one attention does with a short text: scores, mask, softmax, shares."""
