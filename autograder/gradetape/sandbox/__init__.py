"""Where student code runs: a zygote forks locked workers, which answer over a data-only wire."""
