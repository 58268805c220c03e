"""Pages of what evaluation puts out: summaries, papers, statistics, files for the national database."""
