
# --- GradeTape: the course's grader, the worker's locks, and what every submission would else pay for ---
apt-get install -y libseccomp2
mamba run -n otter-env python -m pip install --no-deps --no-index --force-reinstall /autograder/source/gradetape_course/gradetape-*.whl
# The last step grades the solution: an image that could not grade is not built.
mamba run -n otter-env python -m gradetape.gradescope.prepare /autograder/source
