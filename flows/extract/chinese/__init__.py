"""What is particular to Chinese: script, numbers, time phrases, classifiers and the nouns they count."""
