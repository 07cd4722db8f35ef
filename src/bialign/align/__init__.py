"""Arabic and English texts: documents, sentences, words, names."""
