"""What is particular to English: numbers, time phrases, noun phrases, kinds, speakers."""
