"""From files, folders, archives and pipes to decoded documents."""
