from .users import FIND as FIND_USER
