"""What learning management systems give and take: their exports of hand-ins, rosters, and the files of grades they import."""
