
# --- GradeTape: the course's grader, the worker's locks, and what every submission would else pay for ---
apt-get install -y libseccomp2
mamba run -n otter-env python -m pip install --no-deps --no-index /autograder/source/gradetape_course/gradetape-*.whl
mamba run -n otter-env python -m gradetape.gradescope.prepare /autograder/source
