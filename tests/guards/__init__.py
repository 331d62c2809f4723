"""What holds for every test: nothing of the user is touched, nothing leaves this machine, nobody makes noise unasked.

Three pytest plug-ins, loaded by `tests/conftest.py`; `tests/rules/test_guards.py` proves that each of them bites.
"""
