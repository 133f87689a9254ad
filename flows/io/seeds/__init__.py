"""What do the files of `seeds/` say?"""
