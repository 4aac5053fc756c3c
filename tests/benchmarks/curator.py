"""Makes a curator in the catalogue that the environment names, and prints the key of a session of theirs."""

import django
from django.apps import apps
from django.conf import settings
from django.test import Client

NAME = "benchmark"


def main() -> None:
    django.setup()
    users = apps.get_model("auth.User").objects
    client = Client()
    client.force_login(users.filter(username=NAME).first() or users.create_superuser(NAME))
    print(client.cookies[settings.SESSION_COOKIE_NAME].value)


if __name__ == "__main__":
    main()
